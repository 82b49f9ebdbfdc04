"""The hallucination check: motion in the augmented video that the original does not have.

Specification: for each pair of consecutive frames |grey difference| -> Gaussian blur -> threshold -> elliptical opening
gives the moving pixels of each video; those of the augmented one that lie farther than `dist_tol_px` from any of the
original are hallucinated. score = max(0, 1 - hallucinated / moving), 1 when nothing moves.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any, Iterable, Iterator

import cv2
import numpy as np

from . import settings
from .errors import UserError


@dataclass(frozen=True)
class Check:
    """The parameters of the check, as the scene's configuration names them. Sizes in pixels, grad_thresh in greys."""

    threshold: float = 0.682
    grad_thresh: float = 10
    blur_ksize: int = 7
    morph_k: int = 3
    dist_tol_px: float = 7
    max_frames: int | None = None

    @staticmethod
    def of(config: dict[str, Any]) -> "Check":
        """Reads an evaluator's mapping; unknown keys are refused, absent ones keep the default."""
        odd = sorted(set(config) - set(Check.__dataclass_fields__) - {"name", "type", "enabled"})
        if odd:
            raise UserError(f"hallucination_check has no setting {odd[0]!r}",
                            f"it knows {', '.join(Check.__dataclass_fields__)}")
        return Check(**settings.of_fields(Check, config))


def moving(before: np.ndarray, after: np.ndarray, check: Check) -> np.ndarray:
    """The mask (0 or 255) of what moves between two grey frames."""
    size = check.blur_ksize | 1
    blurred = cv2.GaussianBlur(cv2.absdiff(before, after), (size, size), 0)
    _, mask = cv2.threshold(blurred, check.grad_thresh, 255, cv2.THRESH_BINARY)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (check.morph_k, check.morph_k))
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)


def hallucinated(original: np.ndarray, augmented: np.ndarray, distance: float) -> int:
    """How many moving pixels of the augmented mask are farther than `distance` from any of the original's."""
    total = int(np.count_nonzero(augmented))
    if total == 0 or not original.any():
        return total
    away = cv2.distanceTransform(cv2.bitwise_not(original), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return int(np.count_nonzero((augmented > 0) & (away > distance)))


def score(wrong: int, total: int) -> float:
    """1 when nothing moves in the augmented video, else 1 minus the hallucinated share, not below 0."""
    return 1.0 if total == 0 else max(0.0, 1.0 - wrong / total)


def _greys(frames: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    for frame in frames:
        yield cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


def run(originals: Iterable[np.ndarray], augmenteds: Iterable[np.ndarray], check: Check) -> dict[str, Any]:
    """Compares two videos of equal length and gives the check's report: passed, score, threshold, details."""
    started = time.monotonic()
    wrong = total = count = 0
    before: tuple[np.ndarray, np.ndarray] | None = None
    for pair in zip(_greys(originals), _greys(augmenteds), strict=True):
        if check.max_frames is not None and count >= check.max_frames:
            break
        count += 1
        if before is not None:
            of_original = moving(before[0], pair[0], check)
            of_augmented = moving(before[1], pair[1], check)
            wrong += hallucinated(of_original, of_augmented, check.dist_tol_px)
            total += int(np.count_nonzero(of_augmented))
        before = pair
    value = score(wrong, total)
    params = {key: item for key, item in asdict(check).items() if key != "threshold"}
    details = {"total_frames": count, "total_hallucinated_pixels": wrong, "total_augmented_dynamic_pixels": total,
               "duration_seconds": round(time.monotonic() - started, 3), "params": params}
    return {"passed": value >= check.threshold, "score": round(value, 6), "threshold": check.threshold,
            "details": details}
