"""Detectors: CenterNet in one Node process, and what is left where Node or its packages are missing."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from .boxes import Detection, iou
from .coco import MOVING_OBJECT, NAMES
from .errors import UserError

HERE = Path(__file__).resolve().parent.parent
PIXELS = 512 * 384
"""The detector sees about this many pixels, whatever the shape of the frame."""
FLOOR = 0.3
"""Scores of this small CenterNet below 0.3 are mostly wrong; a lower threshold of a cookbook is raised to it."""


class Detector(Protocol):
    """Finds objects in one frame after the other. method: its name in labels and statuses."""

    method: str
    degraded: str

    def find(self, frame: np.ndarray) -> list[Detection]:
        """The objects of a BGR frame."""

    def close(self) -> None:
        """Ends what was started."""


def modules() -> Path | None:
    """The folder with the Node packages: CAIRN_NODE_MODULES, else the nearest .tools/node_modules upwards."""
    named = os.environ.get("CAIRN_NODE_MODULES")
    places = [Path(named)] if named else [folder / ".tools/node_modules" for folder in HERE.parents]
    for place in places:
        if (place / "@vladmandic/human/models/centernet.json").is_file():
            return place
    return None


def input_size(width: int, height: int) -> tuple[int, int]:
    """The detector's input for a frame: the frame's shape, PIXELS pixels, both sides a multiple of 32."""
    scale = math.sqrt(PIXELS / (width * height))
    return tuple(min(2048, max(96, round(side * scale / 32) * 32)) for side in (width, height))


class CenterNet:
    """80 COCO classes; the model runs in WebAssembly, the same arithmetic on every machine."""

    method = "centernet-cpu"
    degraded = ""

    def __init__(self, width: int, height: int, classes: list[str], threshold: float) -> None:
        self._size = input_size(width, height)
        self._scale = (width / self._size[0], height / self._size[1])
        self._frame = (width, height)
        self._classes = set(classes)
        command = ["node", str(HERE / "detector/detect.cjs"), str(modules()), str(self._size[0]), str(self._size[1]),
                   str(max(FLOOR, threshold))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                                         stderr=subprocess.PIPE)
        self._answer()

    def _answer(self) -> list:
        line = bytearray()
        while not line.endswith(b"\n"):
            part = self._process.stdout.readline()
            if not part:
                reason = self._process.stderr.read().decode(errors="replace").strip().splitlines()
                raise UserError(f"the detector ended: {reason[0] if reason else 'no reason given'}",
                                "run pipelines/vda/setup to install its packages again")
            line += part
        return json.loads(line)

    def find(self, frame: np.ndarray) -> list[Detection]:
        """The wanted objects of a BGR frame, in its own pixels."""
        small = cv2.resize(frame, self._size, interpolation=cv2.INTER_AREA)
        data = cv2.cvtColor(small, cv2.COLOR_BGR2RGB).tobytes()
        try:
            view = memoryview(data)
            while view:
                view = view[self._process.stdin.write(view):]
        except BrokenPipeError:
            pass
        found = []
        for number, score, x1, y1, x2, y2 in self._answer():
            if NAMES[number] in self._classes:
                sx, sy = self._scale
                item = Detection(NAMES[number], score, (x1 * sx, y1 * sy, x2 * sx, y2 * sy)).clipped(*self._frame)
                found += [item] if item else []
        return found

    def close(self) -> None:
        """Ends the Node process."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._process.stderr.close()


class HogPeople:
    """The fallback: OpenCV's people detector, and moving blobs where the camera is fixed. Never a vehicle class."""

    method = "hog-people"

    def __init__(self, width: int, height: int, classes: list[str], fixed_camera: bool, reason: str) -> None:
        self.degraded = reason
        self._people = "person" in classes
        self._hog = cv2.HOGDescriptor()
        self._hog.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())
        self._scale = min(1.0, 640 / width)
        self._smallest = width * height / 1500
        self._background = cv2.createBackgroundSubtractorMOG2(120, 32, False) if fixed_camera else None
        self._frame = (width, height)

    def find(self, frame: np.ndarray) -> list[Detection]:
        """Persons by HOG; what moves besides them as moving_object."""
        people = self._persons(frame) if self._people else []
        return people + [blob for blob in self._blobs(frame) if all(iou(blob.box, p.box) < 0.2 for p in people)]

    def _persons(self, frame: np.ndarray) -> list[Detection]:
        small = cv2.resize(frame, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA)
        if small.shape[0] < 128 or small.shape[1] < 64:
            return []
        rectangles, weights = self._hog.detectMultiScale(small, winStride=(8, 8), padding=(8, 8), scale=1.05)
        found = []
        for (x, y, w, h), weight in zip(rectangles, np.ravel(weights)):
            # The detector's window has a margin of about 16 pixels in 64 x 128 round the person.
            box = tuple(v / self._scale for v in (x + w * .12, y + h * .06, x + w * .88, y + h * .94))
            item = Detection("person", 1 / (1 + math.exp(-2 * float(weight))), box).clipped(*self._frame)
            found += [item] if item and weight > 0.4 else []
        return found

    def _blobs(self, frame: np.ndarray) -> list[Detection]:
        if self._background is None:
            return []
        mask = self._background.apply(cv2.GaussianBlur(frame, (5, 5), 0))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
        mask = cv2.dilate(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), kernel, iterations=2)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        boxes = [cv2.boundingRect(c) for c in contours if cv2.contourArea(c) >= self._smallest]
        return [Detection(MOVING_OBJECT, 0.5, (float(x), float(y), float(x + w), float(y + h)))
                for x, y, w, h in sorted(boxes) if w * h < self._frame[0] * self._frame[1] / 3]

    def close(self) -> None:
        """Nothing was started."""


def choose(width: int, height: int, classes: list[str], threshold: float, fixed_camera: bool) -> Detector:
    """The best detector this machine has; the fallback says why it is one."""
    if shutil.which("node") is None:
        return HogPeople(width, height, classes, fixed_camera, "node is not installed")
    if modules() is None:
        return HogPeople(width, height, classes, fixed_camera, "the detector's packages are not installed")
    try:
        return CenterNet(width, height, classes, threshold)
    except UserError as error:
        return HogPeople(width, height, classes, fixed_camera, error.message)
