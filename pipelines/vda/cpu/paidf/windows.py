"""The question stage: windows of frames, measurement, answers, and the documents about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from . import catalogue, files, media, photometry, questions, settings
from .measures import TABLE, Evidence
from .progress import Progress
from .tracking import Track

NOTE = """The CPU engine has no language or vision model. The questions below were answered by measuring where a measure
exists (table {table}), and left out where none does. The answers' reasoning holds the evidence.
"""


@dataclass(frozen=True)
class Windows:
    """How the video is cut and sampled. frames: window length. Sampling as the scene's configuration says."""

    frames: int
    sampling_fps: float
    max_frames: int
    single: bool
    every: bool

    @staticmethod
    def of(config: dict[str, Any]) -> "Windows":
        """Reads mcq_generation.window_metadata_extraction."""
        return Windows(int(config.get("window_frames", 60)), float(config.get("sampling_fps", 6)),
                       int(config.get("max_frames", 100)), bool(config.get("single_window", False)),
                       bool(config.get("aggregate_windows", True)))

    def cut(self, total: int) -> list[tuple[int, int]]:
        """First and last frame of each window; the last window may be shorter."""
        step = total if self.single else max(1, self.frames)
        return [(start, min(start + step, total) - 1) for start in range(0, total, step)]

    def rate(self, seconds: float) -> float:
        """Sampled frames per second: what is wished, at most max_frames in all, at least 0.1."""
        return max(0.1, min(self.sampling_fps, self.max_frames / max(seconds, 1e-6)))


def run(video: media.Video, video_id: str, tracks: list[Track], detector: str, config: dict[str, Any],
        out: Path) -> dict[str, Any]:
    """Answers the bank's questions and writes task/*.json, sidecars/metadata.json and the prompts; gives counts."""
    cut = Windows.of(config)
    bank = questions.read(Path(config["question_bank_file"]))
    spans = cut.cut(video.frames)
    evidence = _evidence(video, spans, cut, tracks, detector)
    answered = [questions.answer(bank, item) for item in evidence]
    combined = questions.combine(bank, answered)
    multiple, bare = questions.items(bank, combined, video_id)
    for name, kind in (("mcq", multiple), ("bcq", bare)):
        if kind:
            files.write_json(out / f"task/{name}.json", {**catalogue.head(name), "items": kind})
    if not multiple and not bare:
        files.write_json(out / "sidecars/mcq.empty.json",
                         {"version": "2.0", "video_id": video_id, "mcq": [], "_error": "zero_task_items"})
    files.write_json(out / "sidecars/metadata.json", {
        "video_id": video_id, "source_video": f"raw/{video_id}{video.path.suffix}", "valid": True,
        "has_caption": False, "windowing": {"window_frames": cut.frames, "single_window": cut.single,
                                            "sampling_fps": cut.sampling_fps, "max_frames": cut.max_frames,
                                            "windows": len(spans), "method": TABLE},
        "windows": [_window(video, bank, item, result) for item, result in zip(evidence, answered)],
        "filtered_windows": []})
    _prompt(bank, out)
    return {"mcq": len(multiple), "bcq": len(bare), "questions": len(bank.questions), "windows": len(spans)}


def _evidence(video: media.Video, spans: list[tuple[int, int]], cut: Windows, tracks: list[Track],
              detector: str) -> list[Evidence]:
    """Measures light and motion on the sampled frames of each window, in one pass."""
    wanted = [_sampled(video, span, cut) for span in spans]
    lights: list[list[photometry.Light]] = [[] for _ in spans]
    motion: list[list[float]] = [[] for _ in spans]
    window, before = 0, None
    progress = Progress("measure", video.frames)
    for number, frame in enumerate(media.frames(video)):
        while number > spans[window][1]:
            window, before = window + 1, None
        if number in wanted[window]:
            lights[window].append(photometry.measure(frame))
            grey = cv2.GaussianBlur(cv2.cvtColor(cv2.resize(frame, (320, 240)), cv2.COLOR_BGR2GRAY), (5, 5), 0)
            if before is not None:
                motion[window].append(float(np.mean(cv2.absdiff(grey, before))))
            before = grey
        progress.at(number + 1)
    return [Evidence(photometry.average(light), float(np.mean(moved)) if moved else 99.0, tracks, span, detector)
            for light, moved, span in zip(lights, motion, spans)]


def _sampled(video: media.Video, span: tuple[int, int], cut: Windows) -> set[int]:
    """The frames of a window that are looked at: one each 1/rate seconds, by the frames' own times."""
    gap = 1 / cut.rate(video.times[span[1]] - video.times[span[0]] + float(1 / video.fps))
    chosen, due = set(), video.times[span[0]]
    for number in range(span[0], span[1] + 1):
        if video.times[number] >= due - 1e-6:
            chosen.add(number)
            due = video.times[number] + gap
    return chosen


def _window(video: media.Video, bank: questions.Bank, evidence: Evidence, result: questions.Answered) -> dict[str, Any]:
    texts = {question.id: question.text for question in bank.questions}
    first, last = evidence.frames
    return {
        "start_s": round(video.times[first], 3), "end_s": round(video.times[last] + float(1 / video.fps), 3),
        "start_frame": first, "end_frame": last, "vlm_caption": "",
        "llm_enhanced_caption": {"mcq": [{"id": key, "question": texts[key], "answer": choice, "reasoning": said}
                                         for key, (choice, said) in result.answers.items()]},
        "_errors": [{"question_id": key, "error": "not_measurable", "detail": why}
                    for key, why in result.abstained.items()]}


def _prompt(bank: questions.Bank, out: Path) -> None:
    lines = [NOTE.format(table=TABLE)]
    for question in bank.questions:
        lines.append(f"- {question.id} {question.text} ({' / '.join(question.choices)})")
    files.write_text(out / "prompts/mcq_prompt.used.md", "\n".join(lines) + "\n")


def other_prompts(config: dict[str, Any], out: Path) -> None:
    """Writes the prompts that are part of the tree although no model read them, and their hashes."""
    scene = settings.get(config, "vlm_json.scene_prompt_file")
    text = Path(scene).read_text(encoding="utf-8") if scene and Path(scene).is_file() else ""
    files.write_text(out / "prompts/scene_prompt.used.md", text or "No event prompt was configured.\n")
    files.write_text(out / "prompts/vlm_verify_prompt.used.md",
                     "Not used: the CPU engine has no vision model that could verify answers.\n")
    files.write_json(out / "prompts/scene_prompt.generated_by_llm.meta.json",
                     {"generated": False, "reason": "the prompt comes from the cookbook; no language model was asked"})
    if not (out / "prompts/mcq_prompt.used.md").exists():
        files.write_text(out / "prompts/mcq_prompt.used.md", "Not used: no question was asked.\n")
    names = ("scene_prompt", "mcq_prompt", "vlm_verify_prompt")
    files.write_json(out / "prompts/prompts.used.json", {name: {
        "file": f"{name}.used.md",
        "sha256": hashlib.sha256((out / f"prompts/{name}.used.md").read_bytes()).hexdigest()} for name in names})
