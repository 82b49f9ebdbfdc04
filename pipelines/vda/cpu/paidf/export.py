"""Exports of a labeling tree: COCO (coco.json) and MOT challenge (mot/seqinfo.ini, mot/gt/gt.txt)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import files, labels, media, options
from .coco import category


def coco(tree: labels.Labels, video: media.Video, name: str) -> dict[str, Any]:
    """COCO instances: one image a frame (numbered from 1, named as in objects.json), track_id on each annotation."""
    ids = {key: number for number, key in enumerate(tree.instances, 1)}
    names = sorted({entry["object_type"] for entry in tree.instances.values()}, key=category)
    images, annotations = [], []
    for number in sorted(tree.frames):
        images.append({"id": number + 1, "file_name": f"{name}_frame_{number:06d}.png", "width": video.width,
                       "height": video.height, "frame_number": number, "video": name})
        for item in tree.frames[number]:
            x1, y1, x2, y2 = item.box
            width, height = round(x2 - x1, 2), round(y2 - y1, 2)
            annotations.append({"id": len(annotations) + 1, "image_id": number + 1, "category_id": category(item.name),
                                "bbox": [x1, y1, width, height], "area": round(width * height, 2), "iscrowd": 0,
                                "track_id": ids[item.key]})
    return {"info": {"description": f"{name}, labeled by {tree.status.get('method', 'unknown')}", "version": "1.0"},
            "licenses": [], "images": images, "annotations": annotations,
            "categories": [{"id": category(entry), "name": entry, "supercategory": "object"} for entry in names]}


def mot(tree: labels.Labels, video: media.Video, name: str) -> tuple[str, str]:
    """seqinfo.ini and gt.txt. Frames and tracks count from 1; the class column is the COCO category id."""
    ids = {key: number for number, key in enumerate(tree.instances, 1)}
    info = {"name": name, "imDir": "img1", "frameRate": f"{float(video.fps):g}", "seqLength": video.frames,
            "imWidth": video.width, "imHeight": video.height, "imExt": ".png"}
    rows = []
    for number in sorted(tree.frames):
        for item in tree.frames[number]:
            x1, y1, x2, y2 = item.box
            rows.append((number + 1, ids[item.key], f"{x1:.2f}", f"{y1:.2f}", f"{x2 - x1:.2f}", f"{y2 - y1:.2f}", 1,
                         category(item.name), 1))
    lines = [",".join(str(part) for part in row) for row in rows]
    return "".join(["[Sequence]\n", *(f"{key}={value}\n" for key, value in info.items())]), \
        "".join(f"{line}\n" for line in lines)


def main(arguments: list[str]) -> int:
    """paidf-export --labels DIR --output DIR [--name NAME]"""
    given = options.read("paidf-export", arguments, ("labels", "output"), ("name",))
    if given is None:
        return 0
    tree, out = labels.read(Path(given["labels"])), Path(given["output"])
    video = media.probe(tree.video())
    name = given.get("name", tree.folder.resolve().name)
    info, boxes = mot(tree, video, name)
    files.write_json(out / "coco.json", coco(tree, video, name))
    files.write_text(out / "mot/seqinfo.ini", info)
    files.write_text(out / "mot/gt/gt.txt", boxes)
    print(f"COCO {out / 'coco.json'}\nMOT {out / 'mot'}")
    return 0
