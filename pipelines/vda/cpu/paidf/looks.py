"""Photometric looks: what each value of weather, time of day, lighting and surface does to a frame.

A look is drawn once from the generation seed and then applied to each frame; it never moves a pixel's content, so boxes
of the source stay valid. Each look knows its parameters, which go into metadata.json.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

import cv2
import numpy as np

Frame = np.ndarray
Apply = Callable[[Frame, int], Frame]


@dataclass(frozen=True)
class Look:
    """One drawn look. apply takes a float32 BGR frame (0..255) and its number, and gives a new frame."""

    name: str
    params: dict[str, Any]
    apply: Apply


@dataclass
class Canvas:
    """What a look is drawn for: the frame size, and the one random stream of the generation seed."""

    width: int
    height: int
    rng: np.random.Generator
    _rows: dict[tuple[float, float], Frame] = field(default_factory=dict)

    def jitter(self, value: float, share: float = 0.08) -> float:
        """The value within +-share of itself, three decimals."""
        return round(float(value * self.rng.uniform(1 - share, 1 + share)), 3)

    def ramp(self, start: float, end: float) -> Frame:
        """Weights by row: 0 above `start`, 1 below `end` (shares of the height), smooth between; height x 1 x 1."""
        key = (start, end)
        if key not in self._rows:
            y = (np.arange(self.height, dtype=np.float32) + 0.5) / self.height
            t = np.clip((y - start) / (end - start), 0, 1)
            self._rows[key] = (t * t * (3 - 2 * t)).reshape(-1, 1, 1).astype(np.float32)
        return self._rows[key]

    def side(self, from_left: bool) -> Frame:
        """Weights by column: 1 at the side the light comes from, 0 at the other; 1 x width x 1."""
        x = np.linspace(1, 0, self.width, dtype=np.float32)
        return (x if from_left else x[::-1]).reshape(1, -1, 1).copy()

    def vignette(self) -> Frame:
        """0 in the middle, 1 in the corners; height x width x 1."""
        y = np.linspace(-1, 1, self.height, dtype=np.float32).reshape(-1, 1)
        x = np.linspace(-1, 1, self.width, dtype=np.float32).reshape(1, -1)
        return np.clip((x * x + y * y) / 2, 0, 1)[..., None]


def saturate(frame: Frame, factor: float) -> Frame:
    """Colour strength times `factor`, brightness unchanged."""
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    return cv2.addWeighted(frame, factor, cv2.merge((grey, grey, grey)), 1 - factor, 0)


def tint(frame: Frame, blue: float, green: float, red: float) -> Frame:
    """Each channel times its factor."""
    return cv2.multiply(frame, (blue, green, red, 1.0))


def contrast(frame: Frame, factor: float, pivot: float = 112.0) -> Frame:
    """Distance from the pivot times `factor`."""
    return frame * np.float32(factor) + np.float32(pivot * (1 - factor))


def gamma(frame: Frame, power: float) -> Frame:
    """v -> 255 (v/255)^power; below 1 brightens, above 1 darkens."""
    return cv2.pow(np.clip(frame, 0, 255) / np.float32(255), power) * np.float32(255)


def clear(canvas: Canvas) -> Look:
    """More contrast and colour, light on the sky side."""
    p = {"contrast": canvas.jitter(1.12), "saturation": canvas.jitter(1.18), "sky_gain": canvas.jitter(0.1)}
    sky = 1 + p["sky_gain"] * (1 - canvas.ramp(0.0, 0.6))

    def apply(frame: Frame, _: int) -> Frame:
        return contrast(saturate(frame, p["saturation"]), p["contrast"]) * sky
    return Look("weather_clear", p, apply)


def _flatten(frame: Frame, p: dict[str, float]) -> Frame:
    """The flat light under clouds: less colour, soft shadows, compressed highlights, cool."""
    flat = contrast(saturate(frame, p["saturation"]), p["contrast"], 118.0)
    flat = flat - np.maximum(flat - p["knee"], 0) * np.float32(p["compress"])
    return tint(flat, 1.06, 1.0, 0.95)


def _cloud(canvas: Canvas) -> dict[str, float]:
    return {"saturation": canvas.jitter(0.5), "contrast": canvas.jitter(0.74), "knee": 165.0,
            "compress": canvas.jitter(0.55)}


def overcast(canvas: Canvas) -> Look:
    """Desaturated, compressed highlights, cool cast, soft shadows."""
    p = _cloud(canvas)
    return Look("weather_overcast", p, lambda frame, _: _flatten(frame, p))


def _paved(frame: Frame, ground: Frame) -> Frame:
    """How far a pixel belongs to ground that can mirror, 0..1: little texture, little colour (not grass)."""
    small = np.clip(cv2.resize(frame, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), 0, 255)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    texture = cv2.boxFilter(np.abs(cv2.Laplacian(grey, cv2.CV_32F)), -1, (9, 9))
    spread = cv2.boxFilter(small.max(axis=2) - small.min(axis=2), -1, (9, 9))
    smooth = np.clip(1.4 - texture / 18, 0, 1) * np.clip(1.6 - spread / 45, 0.08, 1)
    smooth = cv2.resize(cv2.GaussianBlur(smooth, (15, 15), 0), (frame.shape[1], frame.shape[0]))
    return smooth[..., None] * ground


def _mirror(frame: Frame, horizon: float) -> Frame:
    """The picture above the horizon, mirrored downwards, stretched over the ground and smeared along it."""
    height, width = frame.shape[:2]
    row = max(1, round(height * horizon))
    upper = cv2.resize(frame[:row], (max(2, width // 8), max(2, (height - row) // 16)), interpolation=cv2.INTER_AREA)
    lower = cv2.resize(upper[::-1], (width, height - row), interpolation=cv2.INTER_CUBIC)
    mirrored = frame.copy()
    mirrored[row:] = lower * np.float32(0.9)
    return mirrored


def _wet(frame: Frame, paved: Frame, ground: Frame, p: dict[str, float]) -> Frame:
    """Dark wet ground that mirrors what stands above it where it is paved."""
    darken, reflect, horizon = p["darken"], p["reflection"], p["horizon"]
    share = paved * np.float32(reflect)
    dark = frame * (1 - ground * np.float32(darken))
    return dark + (_mirror(frame, horizon) - dark) * share


def _streaks(canvas: Canvas, layers: int = 5, gap: int = 5) -> list[Frame]:
    """Layers of thin slanted rain streaks, 0 to 255, one shown in each frame.

    Motion checks must not take rain for an object: no streak of a layer or of its neighbours comes nearer than `gap`
    pixels to another, so that a blur does not add them up.
    """
    slant = canvas.rng.uniform(-0.2, 0.2)
    longest = max(12, canvas.height // 18)
    made = []
    for number in range(layers):
        layer = np.zeros((canvas.height, canvas.width), np.uint8)
        for x in range(-longest + number * gap, canvas.width + longest, gap * layers):
            y = -int(canvas.rng.integers(0, longest * 3))
            while y < canvas.height:
                length = int(canvas.rng.integers(longest // 2, longest))
                start = round(x + slant * y)
                cv2.line(layer, (start, y), (round(x + slant * (y + length)), y + length), 255, 1, cv2.LINE_AA)
                y += length + int(canvas.rng.integers(longest // 4, longest * 3 // 2))
        made.append(layer)
    return made


def rain(canvas: Canvas) -> Look:
    """Overcast, wet dark ground with reflections, faint streaks, a veil of water in the air."""
    p = {**_cloud(canvas), "darken": canvas.jitter(0.34), "reflection": canvas.jitter(0.62), "horizon": 0.36,
         "exposure": canvas.jitter(0.8), "streak_level": canvas.jitter(27.0), "blur_sigma": 0.7, "veil": 9.0}
    ground = canvas.ramp(0.28, 0.56)
    veil = np.float32(p["veil"]) * (1 - canvas.ramp(0.0, 0.5))
    streaks, level = _streaks(canvas), np.float32(p["streak_level"] / 255)

    def apply(frame: Frame, number: int) -> Frame:
        flat = _flatten(frame, p) * np.float32(p["exposure"])
        wet = _wet(flat, _paved(frame, ground), ground, p) + veil
        falling = streaks[number % len(streaks)].astype(np.float32) * level
        return cv2.GaussianBlur(wet, (0, 0), p["blur_sigma"]) + falling[..., None]
    return Look("weather_rain", p, apply)


def morning(canvas: Canvas) -> Look:
    """Low warm light from one side, long soft contrast, a slight haze."""
    p = {"gain": canvas.jitter(0.86), "side_gain": canvas.jitter(0.34), "from_left": bool(canvas.rng.integers(2)),
         "warm_red": canvas.jitter(1.1, 0.02), "warm_blue": canvas.jitter(0.82, 0.02), "haze": canvas.jitter(10.0)}
    light = np.float32(p["gain"]) * (1 + np.float32(p["side_gain"]) * (canvas.side(p["from_left"]) - 0.35))
    haze = np.array([0.7, 0.92, 1.1], np.float32) * np.float32(p["haze"]) * (1 - canvas.ramp(0.0, 0.8))
    return Look("time_morning", p, lambda frame, _: tint(frame, p["warm_blue"], 1.0, p["warm_red"]) * light + haze)


def midday(canvas: Canvas) -> Look:
    """Neutral high key."""
    p = {"gain": canvas.jitter(1.1, 0.03), "gamma": canvas.jitter(0.88, 0.03), "contrast": canvas.jitter(1.05, 0.02)}
    return Look("time_midday", p, lambda frame, _: contrast(gamma(frame, p["gamma"]), p["contrast"]) * p["gain"])


def evening(canvas: Canvas) -> Look:
    """Low exposure, orange light from the sky side, blue shadows that keep some light of the sky, dark corners."""
    p = {"exposure": canvas.jitter(0.6), "gamma": canvas.jitter(1.12, 0.03), "glow": canvas.jitter(34.0),
         "red": canvas.jitter(1.2, 0.02), "green": canvas.jitter(0.88, 0.02), "blue": canvas.jitter(0.62, 0.02),
         "vignette": canvas.jitter(0.28), "ambient": canvas.jitter(11.0)}
    glow = np.array([0.12, 0.48, 1.0], np.float32) * np.float32(p["glow"]) * (1 - canvas.ramp(0.0, 0.6))
    ambient = np.array([1.15, 0.85, 0.8], np.float32) * np.float32(p["ambient"])
    dark = (1 - np.float32(p["vignette"]) * canvas.vignette()) * np.float32(p["exposure"])

    def apply(frame: Frame, _: int) -> Frame:
        low = gamma(frame, p["gamma"])
        lit = np.clip(cv2.cvtColor(low, cv2.COLOR_BGR2GRAY)[..., None] / np.float32(120), 0, 1)
        warm = tint(low, p["blue"], p["green"], p["red"])
        cold = tint(low, 1.12, 0.95, 0.85)
        return (cold + (warm - cold) * lit) * dark + glow * (0.35 + 0.65 * lit) + ambient
    return Look("time_evening", p, apply)


def bright(canvas: Canvas) -> Look:
    """Gamma below 1."""
    p = {"gamma": canvas.jitter(0.68, 0.05)}
    return Look("lighting_bright", p, lambda frame, _: gamma(frame, p["gamma"]))


def moderate(_: Canvas) -> Look:
    """Identity: the source's own light."""
    return Look("lighting_moderate", {"gamma": 1.0}, lambda frame, _: frame)


def dim(canvas: Canvas) -> Look:
    """Gamma above 1 with dark corners and sensor noise."""
    p = {"gamma": canvas.jitter(1.75, 0.05), "exposure": canvas.jitter(0.8, 0.04), "vignette": canvas.jitter(0.42),
         "noise_sigma": canvas.jitter(2.6)}
    dark = (1 - np.float32(p["vignette"]) * canvas.vignette()) * np.float32(p["exposure"])
    size = (canvas.height, canvas.width, 1)
    noise = [canvas.rng.normal(0, p["noise_sigma"], size).astype(np.float32) for _ in range(4)]
    return Look("lighting_dim", p, lambda frame, number: gamma(frame, p["gamma"]) * dark + noise[number % 4])


def dry(_: Canvas) -> Look:
    """Identity: a matte floor."""
    return Look("surface_dry", {"sheen": 0.0}, lambda frame, _: frame)


def wet(canvas: Canvas) -> Look:
    """A film of water on the lower half: darker, mirroring, with highlights."""
    p = {"darken": canvas.jitter(0.26), "reflection": canvas.jitter(0.6), "horizon": 0.48,
         "sheen": canvas.jitter(0.5)}
    ground = canvas.ramp(0.4, 0.62)

    def apply(frame: Frame, _: int) -> Frame:
        film = _wet(frame, _paved(frame, ground), ground, p)
        small = cv2.resize(frame, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
        bloom = cv2.GaussianBlur(np.maximum(small - 170, 0), (0, 0), 3)
        bloom = cv2.resize(bloom, (frame.shape[1], frame.shape[0]))
        return film + bloom * ground * np.float32(p["sheen"])
    return Look("surface_wet", p, apply)
