"""The barrier: who is released, who is refused, and what a late or missing peer means."""

from support import SCRIPTS, subprocess  # first: it sets the search path
import socket
import threading
import unittest

import osmo_barrier


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Party:
    """Runs one side in a thread and keeps how it ended."""

    def __init__(self, work, *arguments):
        self.error = None
        self.thread = threading.Thread(target=self._run, args=(work, arguments))
        self.thread.start()

    def _run(self, work, arguments):
        try:
            work(*arguments)
        except Exception as error:  # kept for the test to look at
            self.error = error

    def end(self):
        self.thread.join(20)
        return self.error


def serve(nodes, port, seconds=10):
    return Party(osmo_barrier.serve, nodes, port, osmo_barrier.Deadline(seconds), 0.2)


def join(rank, port, seconds=10):
    return Party(osmo_barrier.join, rank, "127.0.0.1", port, osmo_barrier.Deadline(seconds), 0.05)


class Meeting(unittest.TestCase):
    def test_one_node_alone_is_released_at_once(self):
        self.assertIsNone(serve(1, free_port()).end())

    def test_three_nodes_are_released_together(self):
        port = free_port()
        parties = [serve(3, port), join(1, port), join(2, port)]
        self.assertEqual([party.end() for party in parties], [None, None, None])

    def test_a_client_waits_for_a_server_that_comes_late(self):
        port = free_port()
        early = join(1, port)
        refused = threading.Event()
        osmo_barrier_say, osmo_barrier.say = osmo_barrier.say, lambda text: refused.set()
        self.addCleanup(setattr, osmo_barrier, "say", osmo_barrier_say)
        self.assertTrue(refused.wait(5), "the client never found the server missing")
        self.assertIsNone(serve(2, port).end())
        self.assertIsNone(early.end())

    def test_a_rank_that_comes_twice_fails_everybody(self):
        port = free_port()
        server = serve(3, port)
        first, second = join(1, port), join(1, port)
        self.assertRegex(str(server.end()), "rank 1 came twice")
        self.assertRegex(str(first.end()), "FAILED: rank 1 came twice")
        self.assertRegex(str(second.end()), "FAILED: rank 1 came twice")

    def test_a_rank_out_of_range_fails_everybody(self):
        port = free_port()
        server = serve(2, port)
        self.assertRegex(str(join(5, port).end()), "FAILED: rank 5 is not one of 1 to 1")
        self.assertRegex(str(server.end()), "rank 5")

    def test_what_is_no_number_is_no_rank(self):
        port = free_port()
        server = serve(2, port)
        while True:
            try:
                guest = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionRefusedError:
                continue
        with guest:
            guest.sendall(b"hello\n")
            self.assertRegex(guest.recv(100).decode(), "FAILED: 'hello' is no rank")
        self.assertIsNotNone(server.end())

    def test_a_client_that_left_may_come_again(self):
        port = free_port()
        server = serve(2, port)
        while True:
            try:
                guest = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionRefusedError:
                continue
        guest.sendall(b"1")
        guest.close()
        self.assertIsNone(join(1, port).end())
        self.assertIsNone(server.end())

    def test_a_missing_peer_ends_the_wait_at_the_timeout(self):
        port = free_port()
        self.assertRegex(str(serve(2, port, 0.3).end()), "timed out")
        self.assertRegex(str(join(1, port, 0.3).end()), "timed out")


class CommandLine(unittest.TestCase):
    def test_a_rank_outside_the_group_exits_1(self):
        self.assertEqual(self.code("--rank", "2", "--num_nodes", "2", "--connect", "x"), 1)

    def test_a_client_without_a_host_exits_1(self):
        self.assertEqual(self.code("--rank", "1", "--num_nodes", "2"), 1)

    def test_a_single_node_exits_0(self):
        self.assertEqual(self.code("--rank", "0", "--num_nodes", "1"), 0)

    @staticmethod
    def code(*arguments):
        return subprocess.run(["/usr/bin/python3", str(SCRIPTS / "osmo_barrier.py"), *arguments], capture_output=True,
                              check=False).returncode


if __name__ == "__main__":
    unittest.main()
