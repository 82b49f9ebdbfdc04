"""The comparison video: input left, augmented right, 720 lines high, no sound."""

from __future__ import annotations

import subprocess
from pathlib import Path

from . import files, media, options
from .encode import EXACT, codec
from .errors import UserError

HEIGHT = 720


def layout(fps: str, captions: bool) -> str:
    """ffmpeg's filter: both sides scaled to one height and one rate, side by side, as long as the shorter."""
    def side(number: int, text: str, name: str) -> str:
        mark = f",drawtext=text={text}:x=16:y=h-th-16:fontsize=28:fontcolor=white:box=1:boxcolor=black@0.5:boxborderw=8"
        return f"[{number}:v:0]fps={fps},scale=-2:{HEIGHT},setsar=1{mark if captions else ''}[{name}]"
    return f"{side(0, 'input', 'l')};{side(1, 'augmented', 'r')};[l][r]hstack=inputs=2:shortest=1"


def _ffmpeg(left: Path, right: Path, graph: str, output: Path, still_at: float | None) -> str:
    """Runs ffmpeg; gives the reason when it fails, else an empty text."""
    seek = [] if still_at is None else ["-ss", f"{still_at:.3f}"]
    form = [*codec(32), *EXACT, "-movflags", "+faststart", "-f", "mp4"] if still_at is None else \
        ["-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"]
    command = [media.tool("ffmpeg"), "-v", "error", "-y", "-threads", "1", *seek, "-i", f"file:{left}", *seek, "-i",
               f"file:{right}", "-filter_complex_threads", "1", "-filter_complex", graph, "-an", *form, str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["ffmpeg failed"])[-1]


def render(left: media.Video, right: media.Video, output: Path) -> tuple[Path, str]:
    """Writes the comparison: with captions, else without, else as a still of the middle frame (.png). The text tells
    of a fallback."""
    rate = max(left.fps, right.fps)
    fps = f"{rate.numerator}/{rate.denominator}"
    reason = ""
    for captions in (True, False):
        with files.whole(output) as temporary:
            reason = _ffmpeg(left.path, right.path, layout(fps, captions), temporary.absolute(), None)
            if not reason:
                return output, "" if captions else "without captions: ffmpeg cannot draw text"
            temporary.touch()
        output.unlink()
    still = output.with_suffix(".png")
    with files.whole(still) as temporary:
        again = _ffmpeg(left.path, right.path, layout(fps, False), temporary.absolute(),
                        min(left.duration, right.duration) / 2)
        if again:
            temporary.touch()
    if again:
        still.unlink()
        raise UserError(f"neither a comparison video nor a still could be made: {reason}")
    return still, f"a still instead of a video: {reason}"


def main(arguments: list[str]) -> int:
    """paidf-compare --run-local-dir DIR --dataset NAME --video STEM [--aug-index 0]"""
    given = options.read("paidf-compare", arguments, ("run-local-dir", "dataset", "video"), ("aug-index",))
    if given is None:
        return 0
    run, index = Path(given["run-local-dir"]), given.get("aug-index", "0")
    source = run / f"input/{given['video']}.mp4"
    folder = run / f"outputs/augmented/{given['video']}_aug{index}"
    if not source.is_file():
        raise UserError(f"{source} is missing", "stage the run first: cairn vda stage")
    if not folder.is_dir():
        raise UserError(f"{folder} is missing", "the run made no such augmentation, or it was not staged")
    found = media.videos_in(folder)
    if not found:
        raise UserError(f"no video in {folder}", "the augmentation made no video")
    output = run / f"display/{given['dataset']}_{given['video']}_aug{index}_compare.mp4"
    made, note = render(media.probe(source), media.probe(found[0]), output)
    if note:
        print(f"NOTE {note}")
    print(f"COMPARE_VIDEO {made.absolute()}\nINPUT_VIDEO {source.absolute()}\nAUGMENTED_VIDEO {found[0].absolute()}")
    return 0
