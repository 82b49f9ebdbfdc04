"""Progress lines on stderr: `progress: detect 37/100`, at most about two a second."""

from __future__ import annotations

import sys
import time


class Progress:
    """Counts the frames of one stage; the first and the last line are always printed."""

    def __init__(self, stage: str, total: int, interval: float = 0.5) -> None:
        self.stage = stage
        self.total = total
        self._interval = interval
        self._due = 0.0

    def at(self, done: int) -> None:
        """Says that `done` frames are finished."""
        now = time.monotonic()
        if done < self.total and now < self._due:
            return
        self._due = now + self._interval
        print(f"progress: {self.stage} {done}/{self.total}", file=sys.stderr, flush=True)
