"""Question banks: windows, answers by measuring, aggregation over windows, gates, task files."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import files
from .errors import UserError
from .measures import MEASURES, Evidence

AGGREGATIONS = ("any", "majority", "majority_tie_first", "supermajority")


@dataclass(frozen=True)
class Question:
    """One entry of a bank. options are empty for a bare Yes/No question."""

    id: str
    text: str
    options: tuple[str, ...]
    aggregation: str
    include_if: dict[str, str]
    include_if_any: dict[str, str]

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be answered."""
        return self.options or ("Yes", "No")

    @property
    def bare(self) -> bool:
        """True when the choices are exactly Yes and No."""
        return {choice.lower() for choice in self.choices} == {"yes", "no"}


@dataclass(frozen=True)
class Bank:
    """A question bank. scene: its name without `window_default_`."""

    scene: str
    questions: tuple[Question, ...]


def read(path: Path) -> Bank:
    """Reads a bank; id and question are mandatory, other top-level keys are ignored."""
    document = files.read_json(path)
    found = []
    for number, entry in enumerate(document.get("questions", [])):
        if not isinstance(entry, dict) or not entry.get("id") or not entry.get("question"):
            raise UserError(f"{path}: question {number + 1} has no id or no question")
        aggregation = entry.get("aggregation") or ("majority_tie_first" if entry.get("options") else "supermajority")
        if aggregation not in AGGREGATIONS:
            raise UserError(f"{path}: question {entry['id']} has the unknown aggregation {aggregation!r}",
                            f"one of {', '.join(AGGREGATIONS)}")
        found.append(Question(str(entry["id"]), str(entry["question"]), _options(entry), aggregation,
                              dict(entry.get("include_if") or {}), dict(entry.get("include_if_any") or {})))
    return Bank(str(document.get("name", "")).removeprefix("window_default_"), tuple(found))


def _options(entry: dict[str, Any]) -> tuple[str, ...]:
    """The options without letter prefixes and duplicates."""
    cleaned = [_bare(str(option)) for option in entry.get("options") or []]
    return tuple(dict.fromkeys(cleaned))


def _bare(option: str) -> str:
    letter, separator, rest = option.partition(". ")
    return rest.strip() if separator and len(letter) == 1 and letter.isalpha() else option.strip()


@dataclass
class Answered:
    """The answers of one window: question id to (choice, evidence); and why the others have none."""

    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    abstained: dict[str, str] = field(default_factory=dict)


def answer(bank: Bank, evidence: Evidence) -> Answered:
    """Answers what can be measured in one window."""
    result = Answered()
    measures = MEASURES.get(bank.scene, {})
    for question in bank.questions:
        if question.id not in measures:
            result.abstained[question.id] = "needs a model that understands the scene"
            continue
        value, said = measures[question.id](evidence)
        choice = _choice(question, value) if value else None
        if choice is not None:
            result.answers[question.id] = (choice, said)
        else:
            result.abstained[question.id] = said if not value else f"no option says {value!r}: {said}"
    return result


def _choice(question: Question, value: str) -> str | None:
    """The one option that begins with, or else holds, the measured word."""
    for matches in (str.startswith, str.__contains__):
        found = [choice for choice in question.choices if matches(choice.lower(), value.lower())]
        if len(found) == 1:
            return found[0]
    return None


def aggregate(question: Question, answers: list[str]) -> str | None:
    """One answer from the windows' answers, in order; None when no window has one."""
    valid = [item for item in answers if item in question.choices]
    if not valid:
        return None
    if len(valid) == 1:
        return valid[0]
    yes = sum(item.lower() == "yes" for item in valid)
    if question.bare and question.aggregation in ("any", "supermajority"):
        need = 1 if question.aggregation == "any" else max(1, math.ceil(0.6 * len(valid)))
        return _named(question, "yes" if yes >= need else "no")
    counts = Counter(valid)
    best = max(counts.values())
    return next(item for item in valid if counts[item] == best)


def _named(question: Question, word: str) -> str:
    return next(choice for choice in question.choices if choice.lower() == word)


def combine(bank: Bank, windows: list[Answered]) -> dict[str, tuple[str, str]]:
    """The video's answers: aggregation first, then the gates."""
    combined: dict[str, tuple[str, str]] = {}
    for question in bank.questions:
        given = [window.answers[question.id] for window in windows if question.id in window.answers]
        choice = aggregate(question, [item[0] for item in given])
        if choice is not None:
            reasons = [item[1] for item in given if item[0] == choice]
            note = f" (in {len(reasons)} of {len(windows)} windows)" if len(windows) > 1 else ""
            combined[question.id] = (choice, reasons[0] + note if reasons else "no window says otherwise" + note)
    return {q.id: combined[q.id] for q in bank.questions if q.id in combined and _open(q, combined)}


def _open(question: Question, answers: dict[str, tuple[str, str]]) -> bool:
    def holds(item: tuple[str, str]) -> bool:
        return answers.get(item[0], ("", ""))[0] == item[1]
    every = all(holds(item) for item in question.include_if.items())
    some = not question.include_if_any or any(holds(item) for item in question.include_if_any.items())
    return every and some


def items(bank: Bank, answers: dict[str, tuple[str, str]], video_id: str) -> tuple[list[dict], list[dict]]:
    """The items of mcq.json and of bcq.json."""
    multiple, bare = [], []
    for question in bank.questions:
        if question.id not in answers:
            continue
        choice, reasoning = answers[question.id]
        item: dict[str, Any] = {"video_id": video_id, "question": question.text}
        if question.bare:
            bare.append({**item, "answer": choice.capitalize(), "reasoning": reasoning})
        else:
            letters = {chr(ord("A") + n) if n < 26 else chr(ord("a") + n - 26): text
                       for n, text in enumerate(question.choices[:52])}
            letter = next(key for key, text in letters.items() if text == choice)
            multiple.append({**item, "answer": letter, "options": letters, "reasoning": reasoning})
    return multiple, bare
