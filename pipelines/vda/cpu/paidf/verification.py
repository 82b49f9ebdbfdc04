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


def _weather(change: Change) -> str | None:
    if change.saturation < 0.8 or change.contrast < 0.85:
        return "rain" if change.luma < 0.92 and abs(change.tilt) > 0.015 else "overcast"
    return "clear" if change.contrast > 0.97 else None


def _time_of_day(change: Change) -> str | None:
    if change.luma < 0.72:
        return "evening"
    if change.warmth > 0.06:
        return "morning"
    return "midday" if change.luma > 1.04 else None


def _lighting(change: Change) -> str | None:
    if change.luma < 0.75:
        return "dim"
    if change.luma > 1.1:
        return "bright"
    return "moderate" if 0.95 < change.luma < 1.05 else None


def _surface(change: Change) -> str | None:
    tilt, spread = abs(change.tilt), abs(change.floor - 1)
    if tilt > 0.015 or spread > 0.06:
        return "wet"
    return "dry" if tilt < 0.008 and spread < 0.03 else None


RULES: dict[str, tuple[Callable[[Change], str | None], list[str]]] = {
    "weather": (_weather, ["clear", "overcast", "rain"]),
    "time_of_day": (_time_of_day, ["morning", "midday", "evening"]),
    "lighting": (_lighting, ["bright", "moderate", "dim"]),
    "surface_condition": (_surface, ["dry", "wet"]),
}

def verify(changes: dict[str, Change], selections: dict[str, str]) -> dict[str, Any] | None:
    """Judges each variable on its own change: from the source with the other looks only, to the written video.

    None when no variable has a rule.
    """
    results = []
    for variable, value in selections.items():
        if variable not in RULES or variable not in changes:
            continue
        rule, options = RULES[variable]
        answer = rule(changes[variable])
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
