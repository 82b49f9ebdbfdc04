"""Reading a labeling tree: catalogue, boxes, task items, status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import files
from .errors import UserError


@dataclass(frozen=True)
class LabeledBox:
    """One box of one frame. key: the catalogue's name of the object. box: x1, y1, x2, y2 in pixels."""

    key: str
    name: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Labels:
    """A labeling tree as it lies on disk. frames: boxes by frame number, every frame is a key."""

    folder: Path
    instances: dict[str, dict[str, Any]]
    frames: dict[int, list[LabeledBox]]
    status: dict[str, Any]

    @property
    def tracks_per_class(self) -> dict[str, int]:
        """Number of catalogue entries of each class, by name."""
        counts: dict[str, int] = {}
        for entry in self.instances.values():
            counts[entry["object_type"]] = counts.get(entry["object_type"], 0) + 1
        return dict(sorted(counts.items()))

    def items(self, kind: str) -> list[dict[str, Any]]:
        """The items of task/<kind>.json, none when the file is absent."""
        path = self.folder / f"task/{kind}.json"
        return files.read_json(path)["items"] if path.is_file() else []

    def video(self) -> Path:
        """The analysed media, raw/<media_id>.<ext>."""
        found = sorted((self.folder / "raw").glob("*")) if (self.folder / "raw").is_dir() else []
        if not found:
            raise UserError(f"{self.folder} has no raw/ media", "give the folder of one labeled video")
        return found[0]


def read(folder: Path) -> Labels:
    """Reads a tree; catalogue and boxes may be missing when tracking failed."""
    if not (folder / "sidecars/pipeline_status.json").is_file():
        raise UserError(f"{folder} is no labeling tree: it has no sidecars/pipeline_status.json",
                        "give the folder of one labeled video")
    catalogue, objects = folder / "contextual/instances.json", folder / "contextual/objects.json"
    instances = files.read_json(catalogue)["instances"] if catalogue.is_file() else {}
    listed = files.read_json(objects)["frames"] if objects.is_file() else {}
    frames = {entry["frame_number"]: [
        LabeledBox(item["object_id"], instances[item["object_id"]]["object_type"], tuple(item["bounding_box_2d_tight"]))
        for item in entry["instances"]] for entry in listed.values()}
    return Labels(folder, instances, frames, files.read_json(folder / "sidecars/pipeline_status.json"))
