"""Video files out: VP9 in MP4, the same bytes for the same frames."""

from __future__ import annotations

import os
import struct
import subprocess
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np

from .errors import UserError
from .media import Video, tool

VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "0", "-threads", "1",
       "-lag-in-frames", "0", "-auto-alt-ref", "0", "-b:v", "0", "-pix_fmt", "yuv420p"]
H264 = ["-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-bf", "0", "-pix_fmt", "yuv420p"]
EXACT = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"]
LARGE = 2560 * 1440
"""More pixels than these, and the files of a worker are written one after the other."""
T = TypeVar("T")
TICKS = 90000
"""Time base of a file with variable frame rate, per second."""


def codec(crf: int) -> list[str]:
    """ffmpeg's encoder options. H.264 only where its operator opted in (`video.encoder: h264`)."""
    if os.environ.get("CAIRN_VIDEO_ENCODER", "vp9") == "h264":
        return [*H264, "-crf", str(max(18, crf - 10))]
    return [*VP9, "-crf", str(crf)]


class FrameWriter:
    """Takes BGR frames and leaves one MP4 at `path`, with constant rate or with each frame's own time.

    Write to a temporary path (files.whole): the file is whole only after the block has ended without an error.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: Fraction,
                 times: tuple[float, ...] | None = None, crf: int = 33) -> None:
        self._path = path
        self._times = times
        self._stream = path.with_name(path.name + ".ivf") if times else path
        rate = f"{fps.numerator}/{fps.denominator}"
        form = VP9 + ["-crf", str(crf)] if times else codec(crf)
        command = [tool("ffmpeg"), "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s",
                   f"{size[0]}x{size[1]}", "-r", rate, "-i", "pipe:0", "-an", *form, *EXACT,
                   *([] if times else ["-movflags", "+faststart"]), "-f", "ivf" if times else "mp4",
                   f"file:{self._stream}"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)

    def write(self, frame: np.ndarray) -> None:
        """Adds one frame."""
        try:
            self._process.stdin.write(np.ascontiguousarray(frame).data)
        except BrokenPipeError:
            raise UserError(f"the video could not be written: {self._reason()}") from None

    def _reason(self) -> str:
        lines = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "ffmpeg ended"

    def __enter__(self) -> "FrameWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._stop()
            if self._times:
                self._stream.unlink(missing_ok=True)

    def _stop(self) -> None:
        """Ends ffmpeg when it still runs, and closes the pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass

    def _finish(self) -> None:
        self._process.stdin.close()
        reason = self._reason()
        if self._process.wait() != 0:
            raise UserError(f"the video could not be written: {reason}", "check the free space of the output folder")
        if self._times:
            _set_times(self._stream, self._times)
            _wrap(self._stream, self._path)


def _set_times(path: Path, times: tuple[float, ...]) -> None:
    """Writes each frame's time into an IVF file (32 byte header; 12 bytes before each frame: size, time)."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<II", data, 16, TICKS, 1)
    offset, index = 32, 0
    while offset + 12 <= len(data) and index < len(times):
        length, = struct.unpack_from("<I", data, offset)
        struct.pack_into("<Q", data, offset + 4, round(times[index] * TICKS))
        offset, index = offset + 12 + length, index + 1
    path.write_bytes(data)


def _wrap(stream: Path, path: Path) -> None:
    command = [tool("ffmpeg"), "-v", "error", "-y", "-i", f"file:{stream}", "-c", "copy", *EXACT, "-movflags",
               "+faststart", "-use_editlist", "0", "-video_track_timescale", str(TICKS), "-f", "mp4", f"file:{path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise UserError(f"the video could not be written: {done.stderr.strip()}")


def passes(video: Video, targets: list[T]) -> list[list[T]]:
    """Which files are written in each pass over a video. An encoder takes about 75 bytes a pixel, and a worker has 2
    GiB: of large frames one file at a time, at the price of decoding the source again."""
    return [[target] for target in targets] if video.width * video.height > LARGE else [targets]


def writer_like(path: Path, video: Video, crf: int = 33) -> FrameWriter:
    """A writer with the size, rate and times of a source video."""
    return FrameWriter(path, (video.width, video.height), video.fps,
                       video.times if video.variable else None, crf)
