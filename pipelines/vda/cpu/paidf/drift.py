"""Box drift: how far the labels of an augmented video lie from those of its original, which show the same motion."""

from __future__ import annotations

import math
from typing import Any

from .boxes import iou
from .labels import LabeledBox, Labels

SAME = 0.5
"""Boxes of one class that overlap at least this much are taken as the same object."""


def compare(original: Labels, augmented: Labels) -> dict[str, Any]:
    """Pairs boxes frame by frame, best overlap first, and reports what was paired and what was not."""
    overlaps: list[float] = []
    shifts: list[float] = []
    lost = added = 0
    for number in sorted(set(original.frames) | set(augmented.frames)):
        first, second = original.frames.get(number, []), augmented.frames.get(number, [])
        pairs = _pairs(first, second)
        overlaps += [overlap for overlap, _, _ in pairs]
        shifts += [_shift(first[a], second[b]) for _, a, b in pairs]
        lost, added = lost + len(first) - len(pairs), added + len(second) - len(pairs)
    count = len(overlaps)
    total = count + lost + added
    return {"matched_boxes": count, "only_original": lost, "only_augmented": added,
            "matched_share": round(count / total, 4) if total else None,
            "mean_iou": round(sum(overlaps) / count, 4) if count else None,
            "mean_shift_px": round(sum(shifts) / count, 3) if count else None, "iou_for_a_match": SAME}


def _pairs(first: list[LabeledBox], second: list[LabeledBox]) -> list[tuple[float, int, int]]:
    candidates = sorted(((iou(a.box, b.box), i, j) for i, a in enumerate(first) for j, b in enumerate(second)
                         if a.name == b.name), key=lambda entry: (-entry[0], entry[1], entry[2]))
    used_a: set[int] = set()
    used_b: set[int] = set()
    chosen = []
    for overlap, i, j in candidates:
        if overlap >= SAME and i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            chosen.append((overlap, i, j))
    return chosen


def _shift(a: LabeledBox, b: LabeledBox) -> float:
    def middle(item: LabeledBox) -> tuple[float, float]:
        return (item.box[0] + item.box[2]) / 2, (item.box[1] + item.box[3]) / 2
    return math.dist(middle(a), middle(b))
