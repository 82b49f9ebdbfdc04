"""Questions that can be answered by measuring, with the evidence; everything else is not answered.

A measure gives (value, evidence) or abstains: (None, why). The tables below are versioned; between two answers lies a
margin in which neither is given. Nothing here sees the values that augmentation drew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np

from .photometry import Light
from .tracking import Track

TABLE = "measurable-questions-1"
VEHICLES = ("car", "truck", "bus", "motorcycle")
TWO_WHEELERS = ("bicycle", "motorcycle")
STILL = 0.35
"""Mean change of grey value between frames, smoothed, below which nothing moves."""

Answer = tuple[str | None, str]


@dataclass(frozen=True)
class Evidence:
    """What was measured in one window. frames: first and last frame number. motion: mean change of grey value between
    sampled neighbours. detector: method, empty when there are no tracks to rely on."""

    light: Light
    motion: float
    tracks: list[Track]
    frames: tuple[int, int]
    detector: str

    def seen(self, names: tuple[str, ...]) -> list[int]:
        """How many tracks of these classes each frame of the window shows."""
        numbers = range(self.frames[0], self.frames[1] + 1)
        chosen = [track for track in self.tracks if track.name in names]
        return [sum(number in track.boxes for track in chosen) for number in numbers]


def weather(e: Evidence) -> Answer:
    """Colour and contrast: clear is colourful and contrasty; rain is flat, pale, and darker below; overcast is flat."""
    light, said = e.light, _light(e.light)
    flat, pale = light.contrast < 42, light.saturation < 75
    if light.saturation > 90 and light.contrast > 46:
        return "clear", said
    if flat and pale and light.luma < 92 and light.lower < light.luma * 0.97:
        return "rain", said
    if flat and pale and light.luma > 100:
        return "overcast", said
    return None, f"not clear enough: {said}"


def time_of_day(e: Evidence) -> Answer:
    """Brightness and colour cast: evening is dark, morning is warm and not bright, midday is bright and neutral."""
    light, said = e.light, _light(e.light)
    cast = light.warmth / max(light.luma, 1)
    if light.luma < 76:
        return "evening", said
    if 88 < light.luma < 125 and cast > 0.4:
        return "morning", said
    if light.luma > 135 and cast < 0.32:
        return "midday", said
    return None, f"not clear enough: {said}"


def lighting(e: Evidence) -> Answer:
    """Brightness alone."""
    luma, said = e.light.luma, _light(e.light)
    for value, low, high in (("dim", 0, 70), ("moderate", 95, 130), ("bright", 145, 256)):
        if low <= luma < high:
            return value, said
    return None, f"between two answers: {said}"


def floor(e: Evidence) -> Answer:
    """A wet floor is darker than the scene above it and keeps less contrast; a dry one cannot be told from a matte dark
    one, so only clear cases are answered."""
    share = e.light.lower / max(e.light.luma, 1)
    said = f"lower half at {share:.2f} of the picture's brightness"
    if share > 1.02:
        return "dry", said
    return None, f"not clear enough: {said}"


def _light(light: Light) -> str:
    return (f"luma {light.luma:.0f}, contrast {light.contrast:.0f}, saturation {light.saturation:.0f}, "
            f"red minus blue {light.warmth:+.0f} ({TABLE})")


def _counted(names: tuple[str, ...], word: str, steps: tuple[tuple[float, str], ...]) -> Callable[[Evidence], Answer]:
    """A measure by the number of tracks in view: the first step whose limit is not exceeded."""
    def measure(e: Evidence) -> Answer:
        if not e.detector:
            return None, "tracking gave nothing to count"
        counts = e.seen(names)
        mean, most = float(np.mean(counts)), max(counts)
        said = f"{mean:.1f} {word} in view on average, at most {most}, by {e.detector} ({TABLE})"
        for limit, value in steps:
            if mean <= limit:
                return value, said
        return None, said
    return measure


def _present(names: tuple[str, ...], word: str, need: int = 5) -> Callable[[Evidence], Answer]:
    """Yes when such a track is in view for `need` frames. Not seen is not No: a detector misses."""
    def measure(e: Evidence) -> Answer:
        if not e.detector:
            return None, "tracking gave nothing to count"
        frames = sum(count > 0 for count in e.seen(names))
        if frames >= need:
            return "yes", f"{word} tracked in {frames} frames by {e.detector} ({TABLE})"
        return None, f"no {word} tracked for {need} frames, which does not show that there is none"
    return measure


def _still(value: str) -> Callable[[Evidence], Answer]:
    """Answers only when nothing moves at all."""
    def measure(e: Evidence) -> Answer:
        said = f"mean change between frames {e.motion:.2f} grey values ({TABLE})"
        return (value, said) if e.motion < STILL else (None, f"motion is not unambiguous: {said}")
    return measure


def workers(e: Evidence) -> Answer:
    """Persons in view at once, in the words of the warehouse bank."""
    if not e.detector:
        return None, "tracking gave nothing to count"
    counts = e.seen(("person",))
    middle = float(np.median(counts))
    value = "none" if max(counts) == 0 else "1-2" if 0.5 <= middle <= 2 else "3+" if middle >= 3 else None
    return value, f"median of {middle:g} persons in view, at most {max(counts)}, by {e.detector} ({TABLE})"


_LIGHT = {"2_1": weather, "2_2": time_of_day}

MEASURES: dict[str, dict[str, Callable[[Evidence], Answer]]] = {
    "city_traffic": {**_LIGHT, "5_2": _present(TWO_WHEELERS, "two-wheeler"), "5_1": _counted(
        VEHICLES, "vehicles", ((2.5, "light"), (4.0, ""), (7.0, "moderate"), (9.0, ""), (1e9, "heavy")))},
    "piazza": {**_LIGHT, "5_1": _counted(
        ("person",), "persons", ((3.0, "quiet"), (4.0, ""), (9.0, "moderate"), (12.0, ""), (1e9, "crowded")))},
    "trailer_dashcam": {**_LIGHT, "5_1": _still("stationary"),
                        "5_2": _present(("car", "truck", "bus"), "other vehicle")},
    "warehouse": {"2_1": lighting, "2_2": floor, "5_1": workers},
    "robot_assembly": {"2_1": lighting, "4_3": _present(("person",), "person"), "5_1": _still("idle")},
}
"""Measures by scene (the bank's name without `window_default_`) and question id. An empty value is the margin."""
