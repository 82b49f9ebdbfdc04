"""Boxes: overlap, duplicates, and what a detector says."""

from __future__ import annotations

from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]
"""x1, y1, x2, y2 in pixels, x2 and y2 exclusive."""


@dataclass(frozen=True)
class Detection:
    """One object in one frame. name: COCO class name. score: 0..1."""

    name: str
    score: float
    box: Box

    def clipped(self, width: int, height: int) -> "Detection | None":
        """The part inside the frame, None when less than 2 x 2 pixels remain."""
        x1, y1, x2, y2 = self.box
        box = (max(0.0, x1), max(0.0, y1), min(float(width), x2), min(float(height), y2))
        return replace(self, box=box) if box[2] - box[0] >= 2 and box[3] - box[1] >= 2 else None


def area(box: Box) -> float:
    """Square pixels, 0 for an empty box."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def iou(a: Box, b: Box) -> float:
    """Intersection over union, 0..1."""
    shared = area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))
    return shared / (area(a) + area(b) - shared) if shared > 0 else 0.0


def expanded(box: Box, share: float, width: int, height: int) -> Box:
    """The box grown by `share` of its size about its middle, clipped to the frame."""
    dx, dy = (box[2] - box[0]) * share / 2, (box[3] - box[1]) * share / 2
    return (max(0.0, box[0] - dx), max(0.0, box[1] - dy),
            min(float(width), box[2] + dx), min(float(height), box[3] + dy))


def deduplicate(found: list[Detection], previous: list[Box], same_iou: float, cross_iou: float) -> list[Detection]:
    """Drops duplicates: of two boxes of one class that overlap more than `same_iou` the one that continues a box of the
    frame before wins, then the stronger; of two classes above `cross_iou` the stronger."""
    def rank(item: Detection) -> tuple[float, float]:
        continued = max((iou(item.box, box) for box in previous), default=0.0)
        return (-round(continued, 1) if continued >= 0.5 else 0.0, -item.score)

    kept: list[Detection] = []
    for item in sorted(found, key=rank):
        if all(iou(item.box, other.box) <= same_iou for other in kept if other.name == item.name):
            kept.append(item)
    final: list[Detection] = []
    for item in sorted(kept, key=lambda entry: -entry.score):
        if all(iou(item.box, other.box) <= cross_iou for other in final):
            final.append(item)
    return final
