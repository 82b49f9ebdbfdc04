"""What light a picture shows, as numbers, and the versioned tables that turn numbers into words.

Every figure is a mean over sampled frames. The tables say what they can and abstain in between.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Iterable

import cv2
import numpy as np

WIDTH = 320
"""Frames are measured at this width: light does not depend on detail."""


@dataclass(frozen=True)
class Light:
    """luma, contrast: mean and standard deviation of the grey value, 0..255. shadow, highlight: its 5th and 95th
    percentile. saturation: mean of HSV's S, 0..255. warmth: mean red minus mean blue. 
    lower, lower_contrast: mean and standard deviation of the lower half. grain: pixel noise in grey values."""

    luma: float
    contrast: float
    shadow: float
    highlight: float
    saturation: float
    warmth: float
    lower: float
    lower_contrast: float
    grain: float

    def as_dict(self) -> dict[str, float]:
        """The figures by name, two decimals."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


def measure(frame: np.ndarray) -> Light:
    """The light of one BGR frame."""
    height = max(2, round(frame.shape[0] * WIDTH / frame.shape[1]))
    small = cv2.resize(frame, (WIDTH, height), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    hsv = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)
    low, high = np.percentile(grey, (5, 95))
    means = small.reshape(-1, 3).mean(axis=0)
    crop = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    return Light(float(grey.mean()), float(grey.std()), float(low), float(high), float(hsv[..., 1].mean()),
                 float(means[2] - means[0]), float(grey[height // 2:].mean()),
                 float(grey[height // 2:].std()), _grain(crop))


def _grain(grey: np.ndarray) -> float:
    """Noise by the median absolute difference of a pixel from its blurred neighbourhood."""
    difference = cv2.absdiff(grey, cv2.GaussianBlur(grey, (5, 5), 0))
    return float(np.mean(np.minimum(difference, 12)))


def average(lights: Iterable[Light]) -> Light:
    """The mean of several frames' figures."""
    rows = list(lights)
    return Light(*(float(np.mean([getattr(row, field.name) for row in rows])) for field in fields(Light)))


def sample_positions(total: int, count: int = 12) -> list[int]:
    """Evenly spread frame numbers, first and last included."""
    return sorted({round(i * (total - 1) / max(1, count - 1)) for i in range(min(count, total))})
