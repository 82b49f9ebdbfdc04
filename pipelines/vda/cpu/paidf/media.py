"""Video files in: what a file is, whether it can be used, and its frames one after the other."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Iterator

import numpy as np

from .errors import UNMET, UserError

SUFFIXES = (".mp4", ".avi", ".mkv", ".mov", ".m4v", ".webm")
MAX_PIXELS = 8192 * 8192


@dataclass(frozen=True)
class Video:
    """A video that can be read.

    width, height: pixels as displayed (rotation applied). fps: mean frames per second.
    times: presentation time of each frame in seconds, first is 0; its length is the number of frames.
    """

    path: Path
    width: int
    height: int
    fps: Fraction
    times: tuple[float, ...]
    codec: str

    @property
    def frames(self) -> int:
        """Number of frames."""
        return len(self.times)

    @property
    def duration(self) -> float:
        """Seconds, the last frame's own time included."""
        return self.times[-1] + float(1 / self.fps)

    @property
    def variable(self) -> bool:
        """True when the distance between frames differs by more than a quarter of the mean."""
        gaps = np.diff(self.times)
        return bool(gaps.size) and bool(np.abs(gaps - gaps.mean()).max() > gaps.mean() / 4)


def tool(name: str) -> str:
    """The path of ffmpeg or ffprobe."""
    found = shutil.which(name)
    if found is None:
        raise UserError(f"{name} is not installed", "run pipelines/vda/setup, or apt-get install ffmpeg", UNMET)
    return found


def probe(path: Path) -> Video:
    """Reads what a video file holds.

    Raises UserError, with what to do, for a file that is missing, empty, unreadable, without video or without frames.
    """
    if not path.is_file():
        raise UserError(f"no such video: {path}")
    if path.stat().st_size == 0:
        raise UserError(f"{path} is empty (0 bytes)", "copy or download the video again")
    stream = _stream(path)
    width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
    if not 0 < width * height <= MAX_PIXELS:
        raise UserError(f"{path} has a frame size of {width}x{height}, which cannot be used")
    if _turned(stream):
        width, height = height, width
    times = _times(path)
    return Video(path, width, height, _rate(stream, times), times, str(stream.get("codec_name", "unknown")))


def _stream(path: Path) -> dict:
    command = [tool("ffprobe"), "-v", "error", "-show_streams", "-of", "json", f"file:{path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["unknown format"])[-1].split(": ")[-1]
        raise UserError(f"{path} cannot be read as a video: {reason}", "check that the file plays elsewhere; "
                        "a copy that was cut off must be copied again")
    streams = json.loads(done.stdout).get("streams", [])
    video = [s for s in streams if s.get("codec_type") == "video" and not _is_cover(s)]
    if not video:
        kinds = ", ".join(sorted({str(s.get("codec_type")) for s in streams})) or "nothing"
        raise UserError(f"{path} holds no video stream (only {kinds})", "give a file with a picture")
    return video[0]


def _is_cover(stream: dict) -> bool:
    return stream.get("disposition", {}).get("attached_pic", 0) == 1


def _turned(stream: dict) -> bool:
    for data in stream.get("side_data_list", []):
        if "rotation" in data:
            return round(float(data["rotation"])) % 180 != 0
    return False


def _times(path: Path) -> tuple[float, ...]:
    command = [tool("ffprobe"), "-v", "error", "-threads", "1", "-select_streams", "v:0", "-show_entries",
               "frame=best_effort_timestamp_time", "-of", "json", f"file:{path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        frames = json.loads(done.stdout or "{}").get("frames", [])
    except ValueError:
        frames = []
    if not frames:
        raise UserError(f"{path} holds no frames", "the file may be cut off; copy it again")
    read = [frame.get("best_effort_timestamp_time") for frame in frames]
    if any(value in (None, "N/A") for value in read):
        return tuple(float(index) for index in range(len(read)))
    first = float(read[0])
    return tuple(round(float(value) - first, 6) for value in read)


def _rate(stream: dict, times: tuple[float, ...]) -> Fraction:
    for key in ("avg_frame_rate", "r_frame_rate"):
        top, _, bottom = str(stream.get(key, "0/0")).partition("/")
        if top.isdigit() and (bottom or "1").isdigit() and int(top) > 0 and int(bottom or 1) > 0:
            return Fraction(int(top), int(bottom or 1)).limit_denominator(1001)
    if len(times) > 1 and times[-1] > 0:
        return Fraction((len(times) - 1) / times[-1]).limit_denominator(1001)
    return Fraction(1)


def frames(video: Video) -> Iterator[np.ndarray]:
    """All frames in order, BGR, height x width x 3, 8 bit. Raises UserError when some cannot be decoded."""
    command = [tool("ffmpeg"), "-v", "error", "-threads", "1", "-i", f"file:{video.path}", "-map", "0:v:0",
               "-vsync", "passthrough", "-f", "rawvideo", "-pix_fmt", "bgr24", "-threads", "1", "pipe:1"]
    size = video.width * video.height * 3
    count = 0
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=size)
    try:
        while len(data := process.stdout.read(size)) == size:
            count += 1
            yield np.frombuffer(data, np.uint8).reshape(video.height, video.width, 3)
        if count != video.frames:
            raise UserError(f"{video.path}: {count} of {video.frames} frames could be decoded",
                            "the file may be damaged; copy it again")
    finally:
        process.stdout.close()
        process.terminate()
        process.wait()


def videos_in(folder: Path) -> list[Path]:
    """The videos directly in a folder, by name. Hidden files are parts that somebody is writing."""
    entries = folder.glob("*") if folder.is_dir() else []
    return sorted(p for p in entries if p.suffix.lower() in SUFFIXES and not p.name.startswith("."))


def find_video(folder: Path) -> Path:
    """The file itself, or the first video of a folder by name."""
    if folder.is_file():
        return folder
    found = videos_in(folder)
    if not found:
        raise UserError(f"no video in {folder}", f"expected a file ending in {', '.join(SUFFIXES)}")
    return found[0]
