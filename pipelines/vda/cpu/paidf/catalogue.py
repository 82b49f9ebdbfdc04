"""The label documents of tracking: the catalogue of instances and the boxes of each frame."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from .boxes import expanded
from .coco import category
from .media import Video
from .overlays import colour
from .tracking import Track

VERSION = "3.0"
LOOSE = 0.10
"""bounding_box_2d_loose is the tight box, ten percent larger."""


def head(kind: str) -> dict[str, Any]:
    """The fields that every label document starts with; the date is the day of the run, UTC."""
    return {"version": VERSION, "metadata": {"type": kind, "date": f"{datetime.now(timezone.utc):%Y-%m-%d}"}}


def key(track: Track) -> str:
    """A track's name in all documents."""
    return f"{track.name}_{track.number}"


def instances(tracks: list[Track]) -> dict[str, Any]:
    """contextual/instances.json"""
    counts: dict[str, int] = {}
    entries = {}
    for track in tracks:
        counts[track.name] = counts.get(track.name, 0) + 1
        entries[key(track)] = {
            "object_type": track.name, "instance_id": counts[track.name], "semantic_id": category(track.name),
            "color": list(colour(track.number)), "caption": _caption(track)}
    return {**head("instances"), "instances": entries}


def _caption(track: Track) -> str:
    name = track.name.replace("_", " ")
    return f"{name} seen in {len(track.boxes)} frames, from frame {min(track.boxes)} to frame {max(track.boxes)}"


def objects(tracks: list[Track], video: Video, video_id: str) -> dict[str, Any]:
    """contextual/objects.json: every frame is listed, also those without an object."""
    by_frame: dict[int, list[dict[str, Any]]] = {number: [] for number in range(video.frames)}
    for track in tracks:
        for number, box in track.boxes.items():
            loose = expanded(box, LOOSE, video.width, video.height)
            by_frame[number].append({"object_id": key(track),
                                     "bounding_box_2d_tight": [round(v, 2) for v in box],
                                     "bounding_box_2d_loose": [round(v, 2) for v in loose]})
    return {**head("objects"), "video_id": video_id, "frames": {
        f"{video.path.stem}_frame_{number:06d}": {"format": "png", "frame_number": number, "instances": found}
        for number, found in by_frame.items()}}


def video_document(video: Video, video_id: str, scenario: str) -> dict[str, Any]:
    """contextual/video.json from the probe alone: no model described the scene."""
    fps = min(240, max(1, round(float(video.fps))))
    document = {**head("video"), "video_id": video_id, "format": video.path.suffix.lstrip("."), "fps": fps,
                "duration": round(video.duration, 3), "height": video.height, "width": video.width}
    return {**document, "scenario_info": scenario} if scenario else document


def events_document(video_id: str) -> dict[str, Any]:
    """contextual/events.json without events: the CPU engine cannot see any."""
    return {**head("events"), "video_id": video_id, "events": []}
