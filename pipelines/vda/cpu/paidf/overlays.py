"""Overlay videos: raw detections, tracks, and tracks with red numbers."""

from __future__ import annotations

import colorsys
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np

from . import files, media
from .boxes import Box, Detection
from .encode import passes, writer_like
from .progress import Progress
from .tracking import Track

FONT = cv2.FONT_HERSHEY_SIMPLEX


def colour(number: int) -> tuple[int, int, int]:
    """A track's colour, RGB; neighbours in number are far apart in hue."""
    red, green, blue = colorsys.hsv_to_rgb((number * 0.618034) % 1.0, 0.75, 1.0)
    return round(red * 255), round(green * 255), round(blue * 255)


def draw(picture: np.ndarray, box: Box, bgr: tuple[int, int, int], text: str) -> None:
    """A box with a label above it (inside, where there is no room), never beyond the picture's sides."""
    x1, y1, x2, y2 = (round(v) for v in box)
    thick = max(1, picture.shape[0] // 360)
    size = picture.shape[0] / 1300
    cv2.rectangle(picture, (x1, y1), (x2, y2), bgr, thick, cv2.LINE_AA)
    (width, height), _ = cv2.getTextSize(text, FONT, size, 1)
    top = y1 - height - 4 if y1 - height - 4 >= 0 else y1
    left = max(0, min(x1, picture.shape[1] - width - 4))
    cv2.rectangle(picture, (left, top), (left + width + 4, top + height + 4), bgr, -1)
    cv2.putText(picture, text, (left + 2, top + height + 1), FONT, size, (0, 0, 0), 1, cv2.LINE_AA)


def draw_red_id(picture: np.ndarray, box: Box, number: int) -> None:
    """A thin red box with the track's number in its middle, white edged so that it stands out."""
    x1, y1, x2, y2 = (round(v) for v in box)
    size = picture.shape[0] / 900
    (width, height), _ = cv2.getTextSize(str(number), FONT, size, 2)
    at = ((x1 + x2 - width) // 2, (y1 + y2 + height) // 2)
    cv2.rectangle(picture, (x1, y1), (x2, y2), (0, 0, 255), 1, cv2.LINE_AA)
    cv2.putText(picture, str(number), at, FONT, size, (255, 255, 255), 4, cv2.LINE_AA)
    cv2.putText(picture, str(number), at, FONT, size, (0, 0, 255), 2, cv2.LINE_AA)


def write(video: media.Video, folder: Path, stem: str, found: dict[int, list[Detection]], tracks: list[Track]) -> None:
    """Writes <stem>_detection.mp4, <stem>_tracking.mp4 and <stem>_tracking_red_id.mp4."""
    by_frame: dict[int, list[tuple[Track, Box]]] = {}
    for track in tracks:
        for number, box in track.boxes.items():
            by_frame.setdefault(number, []).append((track, box))

    def detections(picture: np.ndarray, number: int) -> None:
        for item in found.get(number, []):
            draw(picture, item.box, (80, 220, 80), f"{item.name} {item.score:.2f}")

    def tracked(picture: np.ndarray, number: int) -> None:
        for track, box in by_frame.get(number, []):
            draw(picture, box, colour(track.number)[::-1], f"{track.name} {track.number}")

    def red_ids(picture: np.ndarray, number: int) -> None:
        for track, box in by_frame.get(number, []):
            draw_red_id(picture, box, track.number)

    rounds = passes(video, [("detection", detections), ("tracking", tracked), ("tracking_red_id", red_ids)])
    progress = Progress("overlays", video.frames * len(rounds))
    for turn, together in enumerate(rounds):
        with ExitStack() as stack:
            parts = [stack.enter_context(files.whole(folder / f"{stem}_{name}.mp4")) for name, _ in together]
            writers = [stack.enter_context(writer_like(part, video, crf=34)) for part in parts]
            for number, frame in enumerate(media.frames(video)):
                for writer, (_, mark) in zip(writers, together):
                    picture = frame.copy()
                    mark(picture, number)
                    writer.write(picture)
                progress.at(turn * video.frames + number + 1)
