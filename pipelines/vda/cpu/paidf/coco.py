"""The 80 classes of COCO, in the detector's order, with the category ids of the data set (1..90 with gaps)."""

from __future__ import annotations

NAMES = tuple(name.strip() for name in (
    "person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, fire hydrant, stop sign, "
    "parking meter, bench, bird, cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe, backpack, umbrella, "
    "handbag, tie, suitcase, frisbee, skis, snowboard, sports ball, kite, baseball bat, baseball glove, "
    "skateboard, surfboard, tennis racket, bottle, wine glass, cup, fork, knife, spoon, bowl, banana, apple, "
    "sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake, chair, couch, potted plant, bed, dining "
    "table, toilet, tv, laptop, mouse, remote, keyboard, cell phone, microwave, oven, toaster, sink, "
    "refrigerator, book, clock, vase, scissors, teddy bear, hair drier, toothbrush "
).split(","))

_GAPS = (12, 26, 29, 30, 45, 66, 68, 69, 71, 83)

CATEGORY = dict(zip(NAMES, (number for number in range(1, 91) if number not in _GAPS), strict=True))
"""Class name to COCO category id."""

MOVING_OBJECT = "moving_object"
"""What background subtraction finds: something moves, nobody knows what. Its id is 0, which is no COCO category."""


def category(name: str) -> int:
    """The COCO category id of a class, 0 for what is none."""
    return CATEGORY.get(name, 0)
