"""What goes wrong in words for the user: one line that says what happened, one that says what to do."""

from __future__ import annotations

import signal
import sys
from typing import Callable

FAILED = 1
USAGE = 2
UNMET = 3


class UserError(Exception):
    """A failure that its reader can act on.

    message: one line, no trailing full stop. hint: what to do, or empty. code: the program's exit code.
    """

    def __init__(self, message: str, hint: str = "", code: int = FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


def run_main(program: str, main: Callable[[list[str]], int]) -> int:
    """Runs a program's main and prints a UserError as text instead of a stack trace.

    SIGTERM ends it like Ctrl-C, so that unfinished files are removed.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return main(sys.argv[1:])
    except UserError as error:
        print(f"{program}: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"hint: {error.hint}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(f"{program}: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return FAILED
