"""Bringing a user's video into a dataset as <stem>.mp4: unchanged where possible, and saying so where not."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from pathlib import Path

from . import files, media, options
from .encode import EXACT, VP9
from .errors import USAGE, UserError


def stem_of(name: str) -> str:
    """A file name as a stem that datasets and graphs take: letters, digits, - and _, a letter first."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(name).stem).strip("-_")
    return stem if re.match(r"[A-Za-z]", stem) else f"clip-{stem}".rstrip("-")


def ingest(source: media.Video, target: Path, start: float, seconds: float | None) -> str:
    """Writes the target and says how: `copied` (the same bytes), `rewrapped` (the same pictures in another container)
    or `converted` (VP9, because a part was cut out or MP4 does not take the codec)."""
    whole_clip = start <= 0 and (seconds is None or seconds >= source.duration)
    if whole_clip and source.path.suffix.lower() == ".mp4":
        files.copy(source.path, target)
        return "copied"
    if whole_clip and _run(source, target, ["-c", "copy", "-map", "0:v:0", "-map", "0:a?"]) and \
            media.probe(target).frames == source.frames:
        return "rewrapped"
    cut = ["-ss", f"{start:.3f}"] if start > 0 else []
    cut += ["-t", f"{seconds:.3f}"] if seconds is not None else []
    if not _run(source, target, [*cut, "-map", "0:v:0", "-vsync", "passthrough", *VP9, "-crf", "18", *EXACT]):
        raise UserError(f"{source.path} could not be converted", "check that it plays, and that there is space")
    return "converted"


def _run(source: media.Video, target: Path, how: list[str]) -> bool:
    """Runs ffmpeg into the target, whole or not at all."""
    with files.whole(target) as part:
        command = [media.tool("ffmpeg"), "-v", "error", "-y", "-threads", "1", "-i", f"file:{source.path}", *how,
                   "-movflags", "+faststart", "-f", "mp4", f"file:{part}"]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != 0:
            part.touch()
    if done.returncode != 0:
        target.unlink()
    return done.returncode == 0


def _number(given: dict, name: str) -> float | None:
    if name not in given:
        return None
    try:
        value = float(Fraction(given[name]))
    except (ValueError, ZeroDivisionError):
        raise UserError(f"--{name} must be a number of seconds, not {given[name]!r}", code=USAGE) from None
    if value < 0 or (name == "seconds" and value == 0):
        raise UserError(f"--{name} must be above 0, not {given[name]}", code=USAGE)
    return value


def main(arguments: list[str]) -> int:
    """paidf-ingest --input FILE --output-dir DIR [--stem NAME] [--start S] [--seconds N]"""
    given = options.read("paidf-ingest", arguments, ("input", "output-dir"), ("stem", "start", "seconds"))
    if given is None:
        return 0
    source = media.probe(Path(given["input"]))
    start, seconds = _number(given, "start") or 0.0, _number(given, "seconds")
    if start >= source.duration:
        raise UserError(f"--start {start:g} lies behind the end of {source.path} ({source.duration:.1f} seconds)",
                        "choose an earlier start", USAGE)
    stem = given.get("stem") or stem_of(source.path.name)
    target = Path(given["output-dir"]) / f"{stem}.mp4"
    how = ingest(source, target, start, seconds)
    made = media.probe(target)
    print(f"INGESTED {how} {target.absolute()}")
    print(f"VIDEO {stem} {made.frames} frames {made.width}x{made.height} {float(made.fps):g} fps "
          f"{made.duration:.3f} seconds")
    return 0
