"""Control videos: what a generative engine would be guided by, computed from the source."""

from __future__ import annotations

import cv2
import numpy as np


def edge(frame: np.ndarray) -> np.ndarray:
    """Canny edges, white on black, BGR."""
    edges = cv2.Canny(cv2.GaussianBlur(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), (3, 3), 0), 80, 180)
    return cv2.cvtColor(edges, cv2.COLOR_GRAY2BGR)


def vis(frame: np.ndarray) -> np.ndarray:
    """A strong blur: places and colours without detail, BGR."""
    sigma = frame.shape[1] / 96
    small = cv2.resize(frame, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), (frame.shape[1], frame.shape[0]))


CONTROLS = {"edge": edge, "vis": vis}
"""Each control that the CPU engine can compute. Depth and segmentation need networks it does not have."""
