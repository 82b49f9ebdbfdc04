"""The labeling program: detect, track, draw, measure, and leave the exact tree of labels with honest statuses."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import yaml

from . import ENGINE, boxes, catalogue, cli, detect, files, media, overlays, settings, windows
from .errors import FAILED, USAGE, UserError
from .progress import Progress
from .status import Status
from .tracking import Rules, Track, Tracker

LOGS = ("pipeline", "sr", "tracking", "vlm_json", "mcq")
DETECT_ALL = 900
"""Up to this many frames every frame is detected; longer videos at about this many, but at least FEWEST a second."""
FEWEST = 5


@dataclass
class Job:
    """One video's labeling: where from, where to, what was found so far."""

    config: dict[str, Any]
    video: media.Video
    out: Path
    status: Status
    found: dict[int, list[boxes.Detection]] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)
    logs: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LOGS})

    @property
    def video_id(self) -> str:
        """The media's file stem."""
        return self.video.path.stem

    def log(self, name: str, line: str) -> None:
        """Adds a line to one of the logs and prints it."""
        self.logs[name].append(line)
        print(f"{name}: {line}", flush=True)


def every_nth(video: media.Video, wished: Any) -> int:
    """Which frames are detected: every n-th. `auto` is 1 for clips up to DETECT_ALL frames."""
    if wished not in (None, "auto"):
        if not str(wished).isdigit() or int(wished) < 1:
            raise UserError(f"every_nth must be auto or a whole number from 1, not {wished!r}", code=USAGE)
        return int(wished)
    return max(1, min(math.ceil(video.frames / DETECT_ALL), int(video.fps) // FEWEST))


def run(config: dict[str, Any]) -> int:
    """Labels one video; 0 when the tree is complete under the policy."""
    cv2.setNumThreads(1)
    source, out = settings.get(config, "data.0.inputs.video_path"), settings.get(config, "data.0.output.out_dir")
    if not source or not out:
        raise UserError("the configuration names no data.0.inputs.video_path or no data.0.output.out_dir",
                        "pass data.0.inputs.video_path=clip.mp4 data.0.output.out_dir=labels")
    policy = settings.get(config, "pipeline.empty_output_policy", "warn")
    job = Job(config, media.probe(media.find_video(Path(source))), Path(out), Status(policy))
    job.log("pipeline", f"engine {ENGINE}, {job.video.path.name}, {job.video.frames} frames of "
                        f"{job.video.width}x{job.video.height} at {float(job.video.fps):g} per second")
    files.copy(job.video.path, job.out / f"raw/{job.video.path.name}")
    _super_resolution(job)
    _track(job)
    _vlm_json(job)
    _questions(job)
    return _finish(job)


def _super_resolution(job: Job) -> None:
    if not settings.get(job.config, "super_resolution.enabled", False):
        job.status.set("super_resolution", False, "skipped")
        return
    reason = "super resolution needs a GPU model that the CPU engine does not have"
    job.status.set("super_resolution", True, "failed", reason)
    job.status.fallback("super_resolution", reason, "the original video is labeled as it is", "original", "original")
    job.log("sr", reason)


def _track(job: Job) -> None:
    """Detection and tracking, overlays, contextual/instances.json and objects.json."""
    wanted = settings.get(job.config, "detection_and_tracking", {})
    classes = list(wanted.get("classes", ["person"]))
    step = every_nth(job.video, wanted.get("every_nth"))
    fixed = settings.get(job.config, "scene.camera", "fixed") == "fixed"
    detector = detect.choose(job.video.width, job.video.height, classes, float(wanted.get("threshold", 0.2)), fixed)
    job.status.method = detector.method
    job.log("tracking", f"detector {detector.method}, classes {', '.join(classes)}, every {_nth(step)}frame")
    tracker = Tracker(Rules.of(wanted))
    try:
        _detect_all(job, detector, tracker, step, wanted)
    finally:
        detector.close()
    job.tracks = tracker.finish(step)
    if detector.degraded:
        job.log("tracking", f"fallback: {detector.degraded}")
        job.status.fallback("tracking", detector.degraded, "persons by HOG, other motion as moving_object, no vehicles",
                            "original", "original")
    filled = sum(len(track.interpolated) for track in job.tracks)
    total = sum(len(track.boxes) for track in job.tracks)
    job.status.set("tracking", True, "completed", detector.degraded, method=detector.method, tracker="kalman-iou",
                   detected_frames=len(job.found), frames=job.video.frames, boxes=total, interpolated_boxes=filled)
    job.log("tracking", f"{len(job.tracks)} tracks, {total} boxes, {filled} of them interpolated, "
                        f"{len(job.found)} of {job.video.frames} frames detected")
    files.write_json(job.out / "contextual/instances.json", catalogue.instances(job.tracks))
    files.write_json(job.out / "contextual/objects.json", catalogue.objects(job.tracks, job.video, job.video_id))
    if wanted.get("save_video", True):
        overlays.write(job.video, job.out / "sidecars", job.video_id, job.found, job.tracks)


def _nth(step: int) -> str:
    return "" if step == 1 else f"{step}th "


def _detect_all(job: Job, detector: detect.Detector, tracker: Tracker, step: int, wanted: dict[str, Any]) -> None:
    same, cross = float(wanted.get("dedup_iou", 0.3)), float(wanted.get("cross_class_iou", 0.9))
    progress = Progress("detect", job.video.frames)
    for number, frame in enumerate(media.frames(job.video)):
        if number % step == 0:
            found = boxes.deduplicate(detector.find(frame), tracker.boxes(), same, cross)
            job.found[number] = found
            tracker.update(number, found)
        progress.at(number + 1)


def _vlm_json(job: Job) -> None:
    if not settings.get(job.config, "vlm_json.enabled", False):
        job.status.set("vlm_json", False, "skipped")
        return
    reason = "scene captions and events need a vision model that the CPU engine does not have"
    scenario = str(settings.get(job.config, "scene.scenario_info", ""))
    files.write_json(job.out / "contextual/video.json", catalogue.video_document(job.video, job.video_id, scenario))
    files.write_json(job.out / "contextual/events.json", catalogue.events_document(job.video_id))
    job.status.set("vlm_json", True, "failed", reason)
    job.status.fallback("vlm_json", reason, "video.json from the probe alone, events.json empty", "original",
                        "original")
    job.log("vlm_json", reason)


def _questions(job: Job) -> None:
    extraction = settings.get(job.config, "mcq_generation.window_metadata_extraction", {})
    if not settings.get(job.config, "mcq_generation.enabled", True):
        job.status.set("mcq_generation", False, "skipped")
    elif not extraction.get("question_bank_file"):
        job.status.set("mcq_generation", True, "failed", "no question bank was configured")
        job.log("mcq", "no question bank was configured")
    else:
        counts = windows.run(job.video, job.video_id, job.tracks, job.status.method, extraction, job.out)
        answered = counts["mcq"] + counts["bcq"]
        reason = "" if answered == counts["questions"] else \
            f"{answered} of {counts['questions']} questions could be answered by measuring"
        job.status.set("mcq_generation", True, "completed", reason, **counts)
        job.log("mcq", reason or f"all {answered} questions answered")
    windows.other_prompts(job.config, job.out)


def _finish(job: Job) -> int:
    degraded = job.status.degraded
    job.log("pipeline", f"degraded: {', '.join(degraded)}" if degraded else "nothing degraded")
    effective = {**job.config, "engine": ENGINE,
                 "detector": {"method": job.status.method, "lowest_score": detect.FLOOR}}
    files.write_text(job.out / "config.yaml", yaml.safe_dump(effective, sort_keys=True, allow_unicode=True))
    for name, lines in job.logs.items():
        files.write_text(job.out / f"logs/{name}.log", "".join(f"{line}\n" for line in lines) or "skipped\n")
    files.write_json(job.out / "sidecars/pipeline_status.json", job.status.document())
    if degraded and job.status.policy == "fail":
        raise UserError(f"degraded stages under policy fail: {', '.join(degraded)}",
                        "set pipeline.empty_output_policy to warn to accept them", FAILED)
    return 0


def main(arguments: list[str]) -> int:
    """paidf-label --config FILE [--scene FILE] [--every-nth N|auto] [key=value ...]"""
    config = cli.read("paidf-label", arguments, {"--every-nth": "detection_and_tracking.every_nth"})
    return 0 if config is None else run(config)
