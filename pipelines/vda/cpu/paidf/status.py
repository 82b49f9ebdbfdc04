"""What each stage did, in words that a reader can rely on: sidecars/pipeline_status.json."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import ENGINE

STAGES = ("super_resolution", "tracking", "vlm_json", "mcq_generation")


@dataclass
class Status:
    """Collects the outcome of the stages. policy: `warn` goes on with less, `fail` makes any loss a failure."""

    policy: str
    method: str = "none"
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    fallbacks: list[dict[str, Any]] = field(default_factory=list)

    def set(self, stage: str, enabled: bool, status: str, reason: str = "", **more: Any) -> None:
        """One stage's outcome: skipped, planned, completed or failed; a reason marks it degraded."""
        entry: dict[str, Any] = {"enabled": enabled, "status": status, "degraded": bool(reason)}
        if reason:
            entry["failure_reason"] = reason
        self.stages[stage] = {**entry, **more}

    def fallback(self, stage: str, reason: str, message: str, used: str, downstream: str) -> None:
        """Says what a stage used instead of what it was meant to use, and what later stages get."""
        self.fallbacks.append({"stage": stage, "policy": self.policy, "reason": reason, "message": message,
                               "fallback_input": used, "downstream_input": downstream})

    @property
    def degraded(self) -> list[str]:
        """The stages that did less than was asked."""
        return [stage for stage in STAGES if self.stages.get(stage, {}).get("degraded")]

    def document(self) -> dict[str, Any]:
        """The file."""
        return {"version": "1.0", "engine": ENGINE, "method": self.method,
                "status": "completed_degraded" if self.degraded else "completed", "degraded": bool(self.degraded),
                "degraded_stages": self.degraded, "fallbacks": self.fallbacks,
                "stages": {stage: self.stages[stage] for stage in STAGES if stage in self.stages}}
