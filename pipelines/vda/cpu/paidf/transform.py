"""From sampled values to one transform of a video: refusal by name, order of the looks, the frame loop's core."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np

from . import looks
from .errors import UserError

NAME = "photometric-1"

LOOKS: dict[str, dict[str, Callable[[looks.Canvas], looks.Look]]] = {
    "surface_condition": {"dry": looks.dry, "wet": looks.wet},
    "weather": {"clear": looks.clear, "overcast": looks.overcast, "rain": looks.rain},
    "time_of_day": {"morning": looks.morning, "midday": looks.midday, "evening": looks.evening},
    "lighting": {"bright": looks.bright, "moderate": looks.moderate, "dim": looks.dim},
}
"""Looks by variable and value, in the order in which they are applied: ground, air, sun, lamps."""


class Transform:
    """The looks of one augmentation, drawn from its seed.

    selections: one value for each variable. Raises UserError for a variable or value without a look, by name.
    """

    def __init__(self, selections: dict[str, str], size: tuple[int, int], seed: int) -> None:
        check(selections)
        canvas = looks.Canvas(size[0], size[1], np.random.Generator(np.random.MT19937(seed)))
        self._looks = {variable: LOOKS[variable][selections[variable]](canvas)
                       for variable in LOOKS if variable in selections}

    def params(self) -> dict[str, Any]:
        """Each look's drawn parameters, by its name."""
        return {look.name: look.params for look in self._looks.values()}

    def frame(self, frame: np.ndarray, number: int, without: str = "") -> np.ndarray:
        """The transformed frame, 8 bit BGR, same size. `without` names a variable whose look is left out."""
        work = frame.astype(np.float32)
        for variable, look in self._looks.items():
            if variable != without:
                work = look.apply(work, number)
        return np.clip(work + np.float32(0.5), 0, 255).astype(np.uint8)


def check(selections: dict[str, str]) -> None:
    """Refuses what has no look."""
    for variable, value in selections.items():
        if variable not in LOOKS:
            raise UserError(f"the CPU engine has no transform for the variable {variable!r}",
                            f"it knows {', '.join(LOOKS)}")
        if value not in LOOKS[variable]:
            raise UserError(f"the CPU engine has no transform for {variable} {value!r}",
                            f"it knows {', '.join(LOOKS[variable])}")
