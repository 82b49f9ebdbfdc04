"""Kalman filter and IoU association: detections of single frames become tracks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import settings
from .boxes import Box, Detection, iou


@dataclass(frozen=True)
class Rules:
    """How tracks are made, as the scene's configuration names it. Ages are in detected frames."""

    iou: float = 0.3
    min_hits: int = 3
    max_age: int = 30
    min_track_frames: int = 5
    per_class: bool = True

    @staticmethod
    def of(config: dict[str, Any]) -> "Rules":
        """Reads detection_and_tracking; absent keys keep the default."""
        return Rules(**settings.of_fields(Rules, config))


class Kalman:
    """Constant velocity of middle, width and height; time unit is one detected frame."""

    _MOVE = np.eye(8) + np.diag(np.ones(4), 4)
    _SEE = np.eye(4, 8)

    def __init__(self, box: Box) -> None:
        self.state = np.concatenate((_measure(box), np.zeros(4)))
        size = np.array([self.state[2], self.state[3]] * 2)
        self._covariance = np.diag(np.concatenate(((size * 0.1) ** 2, (size * 0.25) ** 2)))

    def predict(self) -> Box:
        """Moves on by one frame and gives the expected box."""
        size = np.abs(np.array([self.state[2], self.state[3]] * 2))
        noise = np.diag(np.concatenate(((size * 0.05) ** 2, (size * 0.02) ** 2)) + 1e-3)
        self.state = self._MOVE @ self.state
        self.state[2:4] = np.maximum(self.state[2:4], 2)
        self._covariance = self._MOVE @ self._covariance @ self._MOVE.T + noise
        return self.box()

    def correct(self, box: Box) -> None:
        """Takes in what was seen."""
        size = np.abs(np.array([self.state[2], self.state[3]] * 2))
        spread = self._SEE @ self._covariance @ self._SEE.T + np.diag((size * 0.06) ** 2 + 1e-3)
        gain = self._covariance @ self._SEE.T @ np.linalg.inv(spread)
        self.state = self.state + gain @ (_measure(box) - self._SEE @ self.state)
        self._covariance = (np.eye(8) - gain @ self._SEE) @ self._covariance

    def box(self) -> Box:
        """The box of the present state."""
        x, y, w, h = self.state[:4].tolist()
        return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def _measure(box: Box) -> np.ndarray:
    return np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, box[2] - box[0], box[3] - box[1]])


@dataclass
class Track:
    """One object over time. number: unique in the video. boxes: frame number to the box that was seen there."""

    name: str
    number: int
    boxes: dict[int, Box] = field(default_factory=dict)
    interpolated: set[int] = field(default_factory=set)
    score: float = 0.0


@dataclass
class _Live:
    track: Track
    filter: Kalman
    expected: Box
    hits: int = 1
    streak: int = 1
    missed: int = 0
    confirmed: bool = False


class Tracker:
    """Feeds on the detections of frame after frame; `finish` gives the tracks that lasted."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._live: list[_Live] = []
        self._done: list[_Live] = []
        self._next = 1

    def boxes(self) -> list[Box]:
        """Where the live tracks were last expected."""
        return [live.expected for live in self._live]

    def update(self, frame: int, found: list[Detection]) -> None:
        """Takes the detections of one frame."""
        for live in self._live:
            live.expected = live.filter.predict()
        left = set(range(len(found)))
        for index, live in self._matches(found):
            left.discard(index)
            self._see(live, frame, found[index])
        for live in self._live:
            if frame not in live.track.boxes:
                live.missed, live.streak = live.missed + 1, 0
        for index in sorted(left):
            self._start(frame, found[index])
        self._retire()

    def _matches(self, found: list[Detection]) -> list[tuple[int, _Live]]:
        """Pairs by overlap, best first; confirmed tracks before new ones."""
        pairs = []
        for place, live in enumerate(self._live):
            for index, item in enumerate(found):
                overlap = iou(live.expected, item.box)
                if overlap >= self._rules.iou and (item.name == live.track.name or not self._rules.per_class):
                    pairs.append((not live.confirmed, -overlap, place, index))
        used_live: set[int] = set()
        used: set[int] = set()
        chosen = []
        for _, _, place, index in sorted(pairs):
            if place not in used_live and index not in used:
                used_live.add(place)
                used.add(index)
                chosen.append((index, self._live[place]))
        return chosen

    def _see(self, live: _Live, frame: int, item: Detection) -> None:
        live.filter.correct(item.box)
        live.track.boxes[frame] = item.box
        live.track.score = max(live.track.score, item.score)
        live.hits, live.streak, live.missed = live.hits + 1, live.streak + 1, 0
        live.confirmed = live.confirmed or live.streak >= self._rules.min_hits

    def _start(self, frame: int, item: Detection) -> None:
        track = Track(item.name, self._next, {frame: item.box}, score=item.score)
        self._next += 1
        self._live.append(_Live(track, Kalman(item.box), item.box, confirmed=self._rules.min_hits <= 1))

    def _retire(self) -> None:
        def over(live: _Live) -> bool:
            return live.missed > (self._rules.max_age if live.confirmed else 1)
        self._done += [live for live in self._live if over(live) and live.confirmed]
        self._live = [live for live in self._live if not over(live)]

    def finish(self, step: int = 1) -> list[Track]:
        """The confirmed tracks seen in at least min_track_frames frames, by first frame. With `step` > 1 only every
        step-th frame was detected: the frames between two neighbouring ones are filled in and counted."""
        tracks = [live.track for live in self._done + self._live if live.confirmed]
        kept = []
        for track in sorted(tracks, key=lambda item: item.number):
            if step > 1:
                _interpolate(track, step)
            if len(track.boxes) >= self._rules.min_track_frames:
                kept.append(track)
        for number, track in enumerate(kept, 1):
            track.number = number
        return kept


def _interpolate(track: Track, step: int) -> None:
    """Fills the frames between two detections that are `step` apart, on a straight line."""
    seen = sorted(track.boxes)
    for first, second in zip(seen, seen[1:]):
        if second - first > step:
            continue
        for frame in range(first + 1, second):
            t = (frame - first) / (second - first)
            a, b = track.boxes[first], track.boxes[second]
            track.boxes[frame] = tuple(p + (q - p) * t for p, q in zip(a, b))
            track.interpolated.add(frame)
    track.boxes = dict(sorted(track.boxes.items()))
