"""summary.md: the summary in words. Says first what the engine is and what it could not do."""

from __future__ import annotations

from typing import Any


def write(document: dict[str, Any]) -> str:
    """The whole page."""
    lines = [f"# Run {document['run_id']}", "", _opening(document), ""]
    if document.get("demo_attribution"):
        lines += [f"Input: {document['demo_attribution']}", ""]
    lines += [f"- {note}" for note in document["notes"]] + ([""] if document["notes"] else [])
    if document["limits"]:
        lines += ["What this engine does not do:", ""]
        lines += [f"- {what}: {how}" for what, how in document["limits"].items()] + [""]
    for pair in document["augmentations"]:
        lines += _pair(pair)
    for labeled in document["originals"]:
        lines += [f"## Original {labeled['name']}", "", *_labels(labeled)]
    return "\n".join(lines).rstrip() + "\n"


def _opening(document: dict[str, Any]) -> str:
    degraded = ", ".join(stage.replace("_", " ") for stage in document["degraded_stages"])
    opening = f"Engine {document['engine']}, status {document['status']}."
    return f"{opening} Degraded: {degraded}." if degraded else opening


def _pair(pair: dict[str, Any]) -> list[str]:
    drawn = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in pair["sampled"].items())
    lines = [f"## Augmentation {pair['name']}", "", f"Drawn: {drawn or 'not recorded'}.", ""]
    check = pair["hallucination"]
    if check:
        lines.append(f"- hallucination check {'passed' if check['passed'] else 'did not pass'}: score "
                     f"{check['score']:.3f}, threshold {check['threshold']}, seed {pair['seed_used']}")
    attributes = pair["attributes"]
    if attributes:
        lines.append(f"- attributes verified ({attributes['method']}): {attributes['passed']} passed, "
                     f"{attributes['failed']} failed")
    lines += [f"- prompt: {pair['prompt']}"] if pair["prompt"] else []
    for row in pair["agreement"]:
        lines.append(f"- {row['variable'].replace('_', ' ')}: drawn {row['sampled']}, the labels answer "
                     + ("nothing (not clear enough to measure)" if row["answer"] is None
                        else f"{row['answer']} ({'agrees' if row['agrees'] else 'disagrees'})"))
    if "box_drift" in pair:
        moved = pair["box_drift"]
        lines.append(f"- box drift against the original's labels: {moved['matched_boxes']} boxes matched, "
                     f"{moved['only_original']} only in the original, {moved['only_augmented']} only in the augmented, "
                     f"mean IoU {moved['mean_iou']}, mean shift {moved['mean_shift_px']} pixels")
    lines += [f"- {kind}: `{path}`" for kind, path in pair["media"].items() if path]
    return lines + [""] + (["### Labels", "", *_labels(pair["labels"])] if pair["labels"] else ["No labels.", ""])


def _labels(labeled: dict[str, Any]) -> list[str]:
    tracks = ", ".join(f"{count} {name}" for name, count in labeled["tracks"].items()) or "none"
    lines = [f"- tracks: {tracks}; {labeled['boxes']} boxes in {labeled['frames']} frames by {labeled['method']}, "
             f"{labeled['detected_frames']} frames detected, {labeled['interpolated_boxes']} boxes interpolated",
             f"- questions: {labeled['mcq']} with options, {labeled['bcq']} Yes/No; status {labeled['status']}"]
    lines += [f"- {stage.replace('_', ' ')}: {reason}" for stage, reason in labeled["reasons"].items()]
    lines += [f"- {kind.replace('_', ' ')} video: `{path}`" for kind, path in labeled["media"].items() if path]
    lines += [f"- export: `{path}`" for path in labeled["exports"].values()]
    lines.append("")
    for item in labeled["answers"]:
        choices = "; ".join(f"{letter}. {text}" for letter, text in item.get("options", {}).items())
        answer = f"{item['answer']}. {item['text']}" if choices else item["answer"]
        lines.append(f"{item['question']} {f'({choices}) ' if choices else ''}**{answer}**. {item['reasoning']}")
        lines.append("")
    return lines


def media(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Every video of the run with its kind, the most telling first."""
    found = []
    for pair in document["augmentations"]:
        found += [(kind, pair["media"][kind]) for kind in ("comparison", "augmented")]
        found += list((pair["labels"] or {"media": {}})["media"].items())
    for labeled in document["originals"]:
        found += list(labeled["media"].items())
    return [(kind, path) for kind, path in found if path]
