"""What the tests share: places, drawn clips with known content, running the programs."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
VDA = Path(__file__).resolve().parent.parent
CPU = VDA / "cpu"
SCRIPTS = VDA / "scripts"
COOKBOOKS = VDA / "cookbooks"
SCENES = ("city_traffic", "piazza", "trailer_dashcam", "warehouse", "robot_assembly")
sys.path[:0] = [str(CPU), str(SCRIPTS)]

import cv2  # noqa: E402
import numpy as np  # noqa: E402

cv2.setNumThreads(1)


class InFolder(unittest.TestCase):
    """A test with a folder of its own, removed afterwards."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="vda-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)


def ffmpeg(*arguments):
    """Runs ffmpeg quietly."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL)


def clip(path, frames=12, size=(160, 120), rate="10", codec=("-c:v", "mpeg4", "-q:v", "2")):
    """A moving test picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ffmpeg("-f", "lavfi", "-i", f"testsrc2=size={size[0]}x{size[1]}:rate={rate}", "-frames:v", frames, *codec, path)
    return path


def street(width=320, height=240):
    """A drawn scene: bright sky, brick wall, grey road. BGR."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 3] = (230, 190, 150)
    picture[height // 3: height // 2] = (60, 80, 150)
    picture[height // 2:] = (120, 125, 130)
    for x in range(0, width, 16):
        cv2.line(picture, (x, height // 3), (x, height // 2), (30, 40, 80), 1)
    return picture


def run(program, *arguments, **environment):
    """Runs one of the programs inside this process; gives its exit code and its text."""
    import importlib
    from paidf import errors
    module = importlib.import_module(f"paidf.{program.removeprefix('paidf-')}")
    said, complained = io.StringIO(), io.StringIO()
    before = signal.getsignal(signal.SIGTERM)
    with mock.patch.dict(os.environ, environment), mock.patch.object(sys, "argv", [program, *map(str, arguments)]), \
            contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        code = errors.run_main(program, module.main)
    signal.signal(signal.SIGTERM, before)
    return subprocess.CompletedProcess(program, code, said.getvalue(), complained.getvalue())
