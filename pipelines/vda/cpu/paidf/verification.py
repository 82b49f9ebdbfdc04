"""Did the augmentation do what was asked? Measured on the result against the source, without a model.

Each rule looks at figures of paidf.photometry before and after. The table is versioned: a figure in a report can be
traced to the rules that made it. A variable that the figures cannot decide is omitted, not passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from .photometry import Light

TABLE = "photometric-verification-1"


@dataclass(frozen=True)
class Change:
    """How the light of a video changed: ratios (after / before) and differences (after - before).

    tilt: of the lower half's share of the brightness. floor: ratio of the lower half's contrast.
    """

    luma: float
    contrast: float
    saturation: float
    warmth: float
    tilt: float
    floor: float

    @staticmethod
    def between(before: Light, after: Light) -> "Change":
        """The change from the source to the result."""
        return Change(after.luma / max(before.luma, 1), after.contrast / max(before.contrast, 1),
                      after.saturation / max(before.saturation, 1), _cast(after) - _cast(before),
                      after.lower / max(after.luma, 1) - before.lower / max(before.luma, 1),
                      after.lower_contrast / max(before.lower_contrast, 1))

    def evidence(self) -> str:
        """The figures in words, for a report."""
        return (f"luma x{self.luma:.2f}, contrast x{self.contrast:.2f}, saturation x{self.saturation:.2f}, "
                f"warmth {self.warmth:+.2f}, lower half {self.tilt:+.2f}, its contrast x{self.floor:.2f}")


def _cast(light: Light) -> float:
    """Red minus blue as a share of the brightness."""
    return light.warmth / max(light.luma, 1)


def _is_flat(change: Change) -> bool:
    """Less colour or contrast: the light of a covered sky."""
    return change.saturation < 0.8 or change.contrast < 0.85


# A value and when a change shows it. They are tried in this order; a change that fits none is not answered.
Answers = tuple[tuple[str, Callable[[Change], bool]], ...]

RULES: dict[str, tuple[list[str], Answers]] = {
    "weather": (["clear", "overcast", "rain"], (
        ("rain", lambda change: _is_flat(change) and change.luma < 0.92 and abs(change.tilt) > 0.015),
        ("overcast", _is_flat),
        ("clear", lambda change: change.contrast > 0.97))),
    "time_of_day": (["morning", "midday", "evening"], (
        ("evening", lambda change: change.luma < 0.72),
        ("morning", lambda change: change.warmth > 0.06),
        ("midday", lambda change: change.luma > 1.04))),
    "lighting": (["bright", "moderate", "dim"], (
        ("dim", lambda change: change.luma < 0.75),
        ("bright", lambda change: change.luma > 1.1),
        ("moderate", lambda change: 0.95 < change.luma < 1.05))),
    "surface_condition": (["dry", "wet"], (
        ("wet", lambda change: abs(change.tilt) > 0.015 or abs(change.floor - 1) > 0.06),
        ("dry", lambda change: abs(change.tilt) < 0.008 and abs(change.floor - 1) < 0.03))),
}


def _answer(answers: Answers, change: Change) -> str | None:
    return next((value for value, fits in answers if fits(change)), None)


def verify(changes: dict[str, Change], selections: dict[str, str]) -> dict[str, Any] | None:
    """Judges each variable on its own change: from the source with the other looks only, to the written video.

    None when no variable has a rule.
    """
    results = []
    for variable, value in selections.items():
        if variable not in RULES or variable not in changes:
            continue
        options, answers = RULES[variable]
        answer = _answer(answers, changes[variable])
        results.append({"variable": variable, "value": value, "question": _question(variable), "options": options,
                        "expected_answer": value, "vlm_answer": answer, "passed": answer == value,
                        "evidence": changes[variable].evidence()})
    if not results:
        return None
    passed = sum(result["passed"] for result in results)
    return {"passed": passed == len(results), "method": "photometric", "table": TABLE, "details": {
        "questions": [{key: result[key] for key in ("variable", "question", "options")} for result in results],
        "results": results,
        "summary": {"total_checks": len(results), "passed_checks": passed, "failed_checks": len(results) - passed}}}


def _question(variable: str) -> str:
    return f"Which {variable.replace('_', ' ')} does the change from the source to the result show?"
