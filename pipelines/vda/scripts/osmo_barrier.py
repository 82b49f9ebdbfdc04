"""The barrier of a group: nobody leaves before everybody has arrived.

Usage: osmo_barrier.py --rank R --num_nodes N [--connect HOST] [--port 12344] [--timeout SECONDS]

Rank 0 listens; every other rank connects, sends its rank and waits for OK. The lead of a group runs rank 0 and
therefore ends last, because its end ends the group. Exit 0 when all have met, 1 otherwise. A timeout of 0 waits for
ever; the default is 6 hours, or OSMO_BARRIER_TIMEOUT seconds.
"""

import argparse
import os
import selectors
import socket
import sys
import time

RETRY_SECONDS = 10.0
LONGEST_LINE = 64


class BarrierError(Exception):
    """Why the barrier failed."""


def say(text):
    """One line of progress."""
    print("barrier: " + text, flush=True)


class Deadline:
    """Time that runs out, or never does (0 seconds)."""

    def __init__(self, seconds):
        self._end = time.monotonic() + seconds if seconds > 0 else None

    def left(self, most):
        """Seconds to wait now, at most `most`; raises when the time is over."""
        if self._end is None:
            return most
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise BarrierError("timed out")
        return min(most, rest)


class Server:
    """Rank 0: collects the other ranks and releases them together."""

    def __init__(self, nodes, port, deadline, interval):
        self._wanted = set(range(1, nodes))
        self._deadline = deadline
        self._interval = interval
        self._ranks = {}
        self._partial = {}
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("", port), backlog=nodes)
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)

    def run(self):
        """Waits for all ranks; releases them, or tells all of them why not."""
        reply = b"OK\n"
        try:
            due = time.monotonic()
            while set(self._ranks.values()) != self._wanted:
                if time.monotonic() >= due:
                    self._report()
                    due = time.monotonic() + self._interval
                for key, _ in self._selector.select(self._deadline.left(min(self._interval, 1.0))):
                    self._ready(key.fileobj)
        except BarrierError as error:
            reply = ("FAILED: %s\n" % error).encode()
            raise
        finally:
            self._release(reply)
        say("all %d nodes have met" % (len(self._wanted) + 1))

    def _report(self):
        missing = sorted(self._wanted - set(self._ranks.values()))
        say("%d of %d connected, waiting for rank %s" % (len(self._ranks), len(self._wanted),
                                                         ", ".join(map(str, missing))))

    def _ready(self, sock):
        if sock is self._listener:
            client, _ = self._listener.accept()
            client.setblocking(False)
            self._partial[client] = b""
            self._selector.register(client, selectors.EVENT_READ)
            return
        try:
            data = sock.recv(LONGEST_LINE)
        except ConnectionError:
            data = b""
        if not data:
            self._forget(sock)
        elif sock in self._partial:
            self._partial[sock] += data
            if b"\n" in self._partial[sock] or len(self._partial[sock]) > LONGEST_LINE:
                self._enter(sock, self._partial.pop(sock))

    def _enter(self, sock, line):
        self._ranks[sock] = -1
        text = line.split(b"\n")[0].decode(errors="replace").strip()
        try:
            rank = int(text)
        except ValueError:
            raise BarrierError("%r is no rank" % text) from None
        if rank not in self._wanted:
            raise BarrierError("rank %d is not one of 1 to %d" % (rank, len(self._wanted)))
        if rank in self._ranks.values():
            raise BarrierError("rank %d came twice" % rank)
        self._ranks[sock] = rank

    def _forget(self, sock):
        """A client that left early is no longer counted; it may come again."""
        self._selector.unregister(sock)
        self._ranks.pop(sock, None)
        self._partial.pop(sock, None)
        sock.close()

    def _release(self, reply):
        for sock in list(self._ranks) + list(self._partial):
            try:
                sock.setblocking(True)
                sock.settimeout(5)
                sock.sendall(reply)
            except OSError:
                pass
            sock.close()
        self._selector.close()
        self._listener.close()


def serve(nodes, port, deadline, interval=10.0):
    """Rank 0. One node alone is released at once."""
    if nodes > 1:
        Server(nodes, port, deadline, interval).run()


def join(rank, host, port, deadline, pause=RETRY_SECONDS):
    """Any other rank: connects (again and again while nobody listens), says who it is, waits for OK."""
    while True:
        try:
            sock = socket.create_connection((host, port), timeout=deadline.left(30.0))
            break
        except OSError as error:
            say("%s:%d does not answer yet (%s)" % (host, port, error))
            time.sleep(deadline.left(pause))
    with sock:
        sock.sendall(b"%d\n" % rank)
        reply = _reply(sock, deadline)
    if not reply.startswith("OK"):
        raise BarrierError(reply.strip() or "the lead left without an answer")
    say("released")


def _reply(sock, deadline):
    data = b""
    while not data.endswith(b"\n"):
        sock.settimeout(deadline.left(10.0))
        try:
            part = sock.recv(256)
        except (TimeoutError, socket.timeout):
            continue
        except ConnectionError:
            return data.decode(errors="replace")
        if not part:
            break
        data += part
    return data.decode(errors="replace")


def main(arguments=None):
    """Reads the arguments and takes part; 0 when all have met."""
    parser = argparse.ArgumentParser(prog="osmo_barrier.py")
    parser.add_argument("--rank", type=int, required=True)
    parser.add_argument("--num_nodes", type=int, required=True)
    parser.add_argument("--connect", default="")
    parser.add_argument("--port", type=int, default=12344)
    parser.add_argument("--timeout", type=float, default=float(os.environ.get("OSMO_BARRIER_TIMEOUT", 6 * 3600)))
    given = parser.parse_args(arguments)
    try:
        if not 0 <= given.rank < given.num_nodes:
            raise BarrierError("rank %d is outside 0 to %d" % (given.rank, given.num_nodes - 1))
        if given.rank > 0 and not given.connect:
            raise BarrierError("rank %d needs --connect HOST" % given.rank)
        deadline = Deadline(given.timeout)
        if given.rank == 0:
            serve(given.num_nodes, given.port, deadline)
        else:
            join(given.rank, given.connect, given.port, deadline)
    except (BarrierError, OSError) as error:
        print("barrier: failed: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
