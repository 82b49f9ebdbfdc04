"""The augmentation program: one source video, one drawn set of values, one augmented video with its evidence."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator

import cv2
import numpy as np

from . import ENGINE, caption, cli, files, hallucination, media, photometry, settings, verification
from .controls import CONTROLS
from .encode import passes, writer_like
from .errors import UserError
from .progress import Progress
from .transform import NAME, Transform, check as check_selections

MODALITIES = ("edge", "depth", "seg", "vis")


@dataclass(frozen=True)
class Job:
    """What is to be made, read once from the configuration. Paths are as given."""

    source: media.Video
    video: Path
    metadata: Path
    caption: Path
    selections: dict[str, str]
    seed: int
    retries: int
    scene: str
    check: hallucination.Check | None
    verify: bool


def read_job(config: dict[str, Any]) -> Job:
    """Reads the configuration; refuses values without a transform before any frame is touched."""
    source = settings.get(config, "data.0.inputs.rgb")
    video = settings.get(config, "data.0.output.video")
    if not source or not video:
        raise UserError("the configuration names no data.0.inputs.rgb or no data.0.output.video",
                        "pass data.0.inputs.rgb=clip.mp4 data.0.output.video=out.mp4")
    out = Path(video)
    selections = _selections(config)
    check_selections(selections)
    evaluators = {item.get("name"): item for item in settings.get(config, "evaluators", [])
                  if item.get("enabled", True)}
    found = evaluators.get("hallucination_check")
    return Job(media.probe(media.find_video(Path(source))), out,
               Path(settings.get(config, "data.0.output.metadata", out.with_name("metadata.json"))),
               Path(settings.get(config, "data.0.output.caption", out.with_name("caption.txt"))),
               selections, _seed(config), int(settings.get(config, "pipeline.retry", 1)),
               str(settings.get(config, "scene.scenario_info", "")),
               hallucination.Check.of(found) if found else None, "attribute_verification" in evaluators)


def _selections(config: dict[str, Any]) -> dict[str, str]:
    variables = settings.get(config, "template_generation.variables", {})
    chosen = {}
    for name, values in variables.items():
        if not isinstance(values, list) or len(values) != 1:
            raise UserError(f"template_generation.variables.{name} must be a list of one value",
                            "run generate_configs.py: it draws one value for each variable")
        chosen[str(name)] = str(values[0])
    return chosen


def _seed(config: dict[str, Any]) -> int:
    for key in ("augmentation.parameters.seed", "cosmos.parameters.seed"):
        value = settings.get(config, key)
        if value is not None:
            return int(value)
    return 0


def run(config: dict[str, Any]) -> int:
    """Augments, checks, retries with the next seed while a check fails, and writes metadata.json last."""
    cv2.setNumThreads(1)
    job = read_job(config)
    print(f"augment: {job.source.path.name}, {job.source.frames} frames of {job.source.width}x{job.source.height} at "
          f"{float(job.source.fps):g} per second, {', '.join(job.selections.values())}", flush=True)
    report: dict[str, Any] = {}
    for attempt in range(job.retries + 1):
        transform = Transform(job.selections, (job.source.width, job.source.height), job.seed + attempt)
        before = _write(job, transform, with_controls=attempt == 0)
        report = _judge(job, before, attempt)
        if all(part["passed"] for part in report.values()):
            break
    text = caption.write(job.scene, job.selections)
    files.write_text(job.caption, text + "\n")
    files.write_json(job.metadata, _metadata(job, transform, report, text))
    for name, part in report.items():
        print(f"augment: {name} {'passed' if part['passed'] else 'did not pass'}")
    return 0


def _write(job: Job, transform: Transform, with_controls: bool) -> dict[str, photometry.Light]:
    """Writes the video, and controls/<name>.mp4 beside it. Gives, for each variable, the light of the source with all
    looks but the variable's own: what its effect is measured against."""
    targets = [Target(job.video, 30, transform.frame)]
    if with_controls:
        folder = job.video.parent / "controls"
        targets += [Target(folder / f"{name}.mp4", 38, lambda frame, _, made=control: made(frame))
                    for name, control in CONTROLS.items()]
    wanted = set(photometry.sample_positions(job.source.frames)) if job.verify else set()
    before: dict[str, list[photometry.Light]] = {variable: [] for variable in job.selections}
    for number, frame in _each_frame(job.source, targets):
        if number in wanted:
            for variable, lights in before.items():
                lights.append(photometry.measure(transform.frame(frame, number, without=variable)))
    return {variable: photometry.average(lights) for variable, lights in before.items() if lights}


@dataclass(frozen=True)
class Target:
    """A video to be written: its quality, and each frame's picture from the source's frame and number."""

    path: Path
    crf: int
    picture: Callable[[np.ndarray, int], np.ndarray]


def _each_frame(source: media.Video, targets: list[Target]) -> Iterator[tuple[int, np.ndarray]]:
    """Writes all targets; gives the source's frames with their numbers, each once."""
    rounds = passes(source, targets)
    progress = Progress("augment", source.frames * len(rounds))
    for turn, together in enumerate(rounds):
        with ExitStack() as stack:
            parts = [stack.enter_context(files.whole(target.path)) for target in together]
            writers = [stack.enter_context(writer_like(part, source, target.crf))
                       for part, target in zip(parts, together)]
            for number, frame in enumerate(media.frames(source)):
                for writer, target in zip(writers, together):
                    writer.write(target.picture(frame, number))
                if turn == 0:
                    yield number, frame
                progress.at(turn * source.frames + number + 1)


def _judge(job: Job, before: dict[str, photometry.Light], attempt: int) -> dict[str, Any]:
    """The evaluators' reports on the written video, by name."""
    marks = {"attempt": attempt, "seed_used": job.seed + attempt}
    report: dict[str, Any] = {}
    lights: list[photometry.Light] = []
    result = _watched(job, lights)
    if job.check is not None:
        report["hallucination_check"] = {**hallucination.run(media.frames(job.source), result, job.check), **marks}
    if job.verify and report.get("hallucination_check", {}).get("passed", True):
        for _ in result:
            pass
        after = photometry.average(lights)
        changes = {variable: verification.Change.between(light, after) for variable, light in before.items()}
        verified = verification.verify(changes, job.selections)
        if verified is not None:
            report["attribute_verification"] = {**verified, **marks}
    return report


def _watched(job: Job, lights: list[photometry.Light]) -> Iterator[np.ndarray]:
    """The frames of the written video; measures the light of some of them on the way."""
    wanted = set(photometry.sample_positions(job.source.frames))
    progress = Progress("check", job.source.frames)
    for number, frame in enumerate(media.frames(media.probe(job.video))):
        if number in wanted:
            lights.append(photometry.measure(frame))
        progress.at(number + 1)
        yield frame


def _metadata(job: Job, transform: Transform, report: dict[str, Any], text: str) -> dict[str, Any]:
    base = job.metadata.parent
    return {
        "prompt": text, "selections": job.selections, "caption_path": files.shown(job.caption, base),
        "output_media_path": files.shown(job.video, base), "input_media_path": job.source.path.name,
        "control_media": {name: f"controls/{name}.mp4" if name in CONTROLS else None for name in MODALITIES},
        **report, "engine": ENGINE, "generative": False, "caption_source": "template",
        "transform": {"name": NAME, "params": transform.params()},
    }


def main(arguments: list[str]) -> int:
    """paidf-augment --config FILE [--scene FILE] [key=value ...]"""
    config = cli.read("paidf-augment", arguments, {})
    return 0 if config is None else run(config)
