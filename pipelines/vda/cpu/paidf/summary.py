"""The summary of a run from its mirror folder alone: summary.json for programs, summary.md for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import ENGINE, files, labels, options, summary_text
from .drift import compare as drift
from .errors import UserError

NOT_IN_THIS_ENGINE = {
    "captions": "written from a template, no model looked at the video",
    "appearance": "photometric transforms, not generative",
    "depth and segmentation controls": "skipped",
    "verification of answers by a vision model": "skipped",
    "model cache": "not needed, skipped",
    "registry and model access probes": "skipped",
}


def build(run: Path, notes: list[str], demo: str) -> dict[str, Any]:
    """Everything the run left, as one document. Media paths are relative to the run's folder."""
    configs = run / "setup_b0/configs"
    manifest = configs / "manifest.yaml"
    sampled = {f"{entry['video_name']}_aug{entry['aug_idx']}": entry["sampled_vars"]
               for entry in (files.read_yaml(manifest) or {}).get("configs", [])} if manifest.is_file() else {}
    pairs = [_pair(run, folder, sampled.get(folder.name, {})) for folder in _folders(run / "outputs/augmented")]
    originals = [_labels(folder, run) for folder in _folders(run / "outputs/pseudo_labeled")]
    if not pairs and not originals:
        raise UserError(f"{run} holds no outputs", "stage the run first: cairn vda stage")
    parts = originals + [pair["labels"] for pair in pairs if pair["labels"]]
    engines = sorted({part["engine"] for part in parts} | {pair["engine"] for pair in pairs})
    if len(engines) > 1:
        raise UserError(f"{run} mixes the outputs of several engines: {', '.join(engines)}", "use one run id for each")
    degraded = sorted({stage for part in parts for stage in part["degraded_stages"]}
                      | ({"captions"} if pairs and ENGINE in engines else set()))
    return {"version": "1.0", "run_id": run.resolve().name, "engine": engines[0],
            "status": "completed_degraded" if degraded else "completed", "degraded_stages": degraded,
            "limits": NOT_IN_THIS_ENGINE if engines[0] == ENGINE else {}, "notes": notes,
            **({"demo_attribution": demo} if demo else {}), "augmentations": pairs, "originals": originals}


def _folders(parent: Path) -> list[Path]:
    return sorted(path for path in parent.glob("*") if path.is_dir()) if parent.is_dir() else []


def _pair(run: Path, folder: Path, sampled: dict[str, str]) -> dict[str, Any]:
    """One augmentation: what was drawn, how the result was judged, what was labeled."""
    metadata = files.read_json(folder / "metadata.json") if (folder / "metadata.json").is_file() else {}
    check, verified = metadata.get("hallucination_check"), metadata.get("attribute_verification")
    labeled = run / "outputs/pseudo_labeled_augmented" / folder.name
    video = folder.name.rpartition("_aug")[0]
    tree = labels.read(labeled) if labeled.is_dir() else None
    original = run / "outputs/pseudo_labeled" / video
    return {
        "name": folder.name, "video": video, "sampled": sampled, "engine": metadata.get("engine", "gpu"),
        "generative": metadata.get("generative", True), "prompt": metadata.get("prompt", ""),
        "hallucination": {key: check[key] for key in ("passed", "score", "threshold")} if check else None,
        "seed_used": check.get("seed_used") if check else None,
        "attributes": _attributes(verified),
        "media": {"augmented": _first(run, folder.glob("*.mp4")),
                  "comparison": _first(run, (run / "display").glob(f"*_{folder.name}_compare.*"))},
        "labels": _labels(labeled, run) if tree else None,
        "agreement": _agreement(run, tree, sampled) if tree else [],
        **({"box_drift": drift(labels.read(original), tree)} if tree and original.is_dir() else {}),
    }


def _attributes(verified: dict[str, Any] | None) -> dict[str, Any] | None:
    if verified is None:
        return None
    counts = verified["details"]["summary"]
    return {"method": verified.get("method", "vlm"), "passed": counts["passed_checks"],
            "failed": counts["failed_checks"]}


def _first(run: Path, found: Any) -> str | None:
    ordered = sorted(path for path in found if not path.name.startswith("."))
    return ordered[0].relative_to(run).as_posix() if ordered else None


def _labels(folder: Path, run: Path) -> dict[str, Any]:
    """One labeled video: tracks, boxes, questions and answers, status, overlay videos."""
    tree = labels.read(folder)
    multiple, bare = tree.items("mcq"), tree.items("bcq")
    tracking = tree.status.get("stages", {}).get("tracking", {})
    exports = run / "exports" / folder.name
    return {
        "name": folder.name, "engine": tree.status.get("engine", "gpu"), "status": tree.status["status"],
        "degraded_stages": tree.status["degraded_stages"],
        "reasons": {stage: entry["failure_reason"] for stage, entry in tree.status.get("stages", {}).items()
                    if entry.get("failure_reason")},
        "method": tree.status.get("method", "rfdetr"), "frames": len(tree.frames),
        "detected_frames": tracking.get("detected_frames", len(tree.frames)),
        "tracks": tree.tracks_per_class, "boxes": sum(len(found) for found in tree.frames.values()),
        "interpolated_boxes": tracking.get("interpolated_boxes", 0),
        "mcq": len(multiple), "bcq": len(bare), "answers": [_answer(item) for item in multiple + bare],
        "media": {kind: _first(run, (folder / "sidecars").glob(f"*_{kind}.mp4"))
                  for kind in ("detection", "tracking", "tracking_red_id")},
        "exports": {name: (exports / name).relative_to(run).as_posix() for name in ("coco.json", "mot")
                    if (exports / name).exists()},
    }


def _answer(item: dict[str, Any]) -> dict[str, Any]:
    choices = item.get("options") or {}
    return {"question": item["question"], **({"options": choices} if choices else {}), "answer": item["answer"],
            "text": choices.get(item["answer"], item["answer"]), "reasoning": item.get("reasoning", "")}


def _agreement(run: Path, tree: labels.Labels, sampled: dict[str, str]) -> list[dict[str, Any]]:
    """What was asked of the augmentation against what the labels answer: question 2_<n> is the n-th variable."""
    path = run / "setup_b0/configs/auto_labeling/question_bank.json"
    if not path.is_file():
        return []
    texts = {entry["id"]: entry["question"] for entry in files.read_json(path)["questions"]}
    answers = {item["question"]: item["options"][item["answer"]] for item in tree.items("mcq")}
    rows = []
    for number, (variable, value) in enumerate(sampled.items(), 1):
        answer = answers.get(texts.get(f"2_{number}", ""))
        rows.append({"variable": variable, "sampled": value, "answer": answer,
                     "agrees": None if answer is None else value.lower() in answer.lower()})
    return rows


def main(arguments: list[str]) -> int:
    """paidf-summary --run-local-dir DIR [--demo TEXT] [--note TEXT ...]"""
    given = options.read("paidf-summary", arguments, ("run-local-dir",), ("demo",), ("note",))
    if given is None:
        return 0
    run = Path(given["run-local-dir"])
    if not run.is_dir():
        raise UserError(f"no such run folder: {run}", "stage the run first: cairn vda stage")
    before = files.read_json(run / "summary.json") if (run / "summary.json").is_file() else {}
    # Written again, a summary still says where the input came from and what was done to it.
    notes, demo = given["note"] or before.get("notes", []), given.get("demo", before.get("demo_attribution", ""))
    document = build(run, notes, demo)
    files.write_json(run / "summary.json", document)
    files.write_text(run / "summary.md", summary_text.write(document))
    print(f"SUMMARY {(run / 'summary.md').absolute()}")
    for kind, path in summary_text.media(document):
        print(f"MEDIA {kind} {(run / path).absolute()}")
    return 0
