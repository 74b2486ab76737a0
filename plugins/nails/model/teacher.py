"""Labels which way nails point, with MediaPipe's hand landmarks as teacher: ``python teacher.py``.

The pictures' labels are outlines only. A nail that lies on a fingertip which the teacher sees gets the direction from
that finger's last joint to its tip; all others get none, and training leaves their direction out of the loss. The
teacher's answers are used in training alone; nothing of it is shipped.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter

from data import DEFAULT_DATA, DEFAULT_RUNS, Picture, read_labelled, shape_of_nail

#: Landmark numbers of each finger's last joint and tip, thumb first.
FINGERTIPS = ((3, 4), (7, 8), (11, 12), (15, 16), (19, 20))
#: The pictures were squeezed into squares; the teacher knows hands in their true shape, so several are tried.
ASPECTS = (1.0, 0.75, 1.333)
PALM_SIDE, HAND_SIDE = 192, 224
CERTAIN_PALM, CERTAIN_HAND = 0.4, 0.6
#: How far, in lengths of the last finger bone, a nail's centre may lie from where the landmarks expect it.
FARTHEST = 0.5
#: From this elongation on, the outline's own long axis is the finer measure of the direction.
ELONGATED = 1.25


class Teacher:
    """MediaPipe's palm detector and hand landmarks."""

    def __init__(self, models: Path) -> None:
        self.palm = Interpreter(str(models / "palm_detection_full.tflite"), num_threads=1)
        self.hand = Interpreter(str(models / "hand_landmark_lite.tflite"), num_threads=1)
        self.palm.allocate_tensors()
        self.hand.allocate_tensors()
        # MediaPipe's anchors: two a cell at stride 8, then three layers of two a cell at stride 16.
        cells = [(24, 2), (12, 6)]
        self.anchors = np.concatenate(
            [
                np.repeat(np.stack(np.meshgrid(*[(np.arange(n) + 0.5) / n] * 2), -1).reshape(-1, 2), k, 0)
                for n, k in cells
            ]
        )

    def hands(self, pixels: np.ndarray) -> list[tuple[float, np.ndarray]]:
        """The certainty and the landmarks, float32[21][2] in pixels, of each hand in the picture."""
        side = max(pixels.shape[:2])
        square = np.zeros((side, side, 3), np.uint8)
        square[: pixels.shape[0], : pixels.shape[1]] = pixels
        answers = run(self.palm, cv2.resize(square, (PALM_SIDE, PALM_SIDE), interpolation=cv2.INTER_AREA))
        boxes = next(answer for answer in answers if answer.shape[-1] == 18)[0]
        scores = 1 / (1 + np.exp(-next(answer for answer in answers if answer.shape[-1] == 1)[0, :, 0].clip(-80, 80)))
        hands, taken = [], []
        for index in np.argsort(-scores):
            if scores[index] < CERTAIN_PALM or len(hands) >= 4:
                break
            points = (boxes[index].reshape(9, 2) / PALM_SIDE + self.anchors[index]) * side
            span = float(np.max(boxes[index, 2:4])) / PALM_SIDE * side
            if any(np.linalg.norm(points[0] - other) < 0.5 * span for other in taken):
                continue
            taken.append(points[0])
            wrist, middle = points[2], points[4]
            hand = self._landmarks(pixels, points[0], span, wrist, middle)
            if hand[0] >= CERTAIN_HAND:
                hands.append(hand)
        return hands

    def _landmarks(
        self, pixels: np.ndarray, centre: np.ndarray, span: float, wrist: np.ndarray, middle: np.ndarray
    ) -> tuple[float, np.ndarray]:
        """The landmarks in the square around a palm, turned so that the middle finger points up."""
        up = (middle - wrist) / max(float(np.linalg.norm(middle - wrist)), 1e-6)
        scale = HAND_SIDE / (2.6 * span)
        focus = centre + up * 0.5 * span
        # Rows of the turn: the picture's "right" and "down" once the hand points up.
        turn = np.array([[-up[1], up[0]], [-up[0], -up[1]]]) * scale
        matrix = np.column_stack([turn, HAND_SIDE / 2 - turn @ focus])
        answers = run(self.hand, cv2.warpAffine(pixels, matrix, (HAND_SIDE, HAND_SIDE)))
        details = self.hand.get_output_details()
        order = sorted(range(len(details)), key=lambda index: details[index]["name"])
        points = answers[order[0]].reshape(21, 3)[:, :2]
        presence = float(answers[order[1]].ravel()[0])
        return presence, (points - matrix[:, 2]) @ np.linalg.inv(turn).T


def run(interpreter: Interpreter, pixels: np.ndarray) -> list[np.ndarray]:
    """All outputs for one picture, RGB 0..1."""
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], pixels[None].astype(np.float32) / 255)
    interpreter.invoke()
    return [interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()]


def directions(teacher: Teacher, picture: Picture) -> list[list[float] | None]:
    """For each nail the unit vector from cuticle to tip in the picture's own pixels, or None."""
    answers: list[list[float] | None] = [None] * len(picture.polygons)
    nearest = [FARTHEST] * len(picture.polygons)
    for aspect in ASPECTS:
        stretch = np.array([math.sqrt(aspect), 1 / math.sqrt(aspect)])
        for _, landmarks in teacher.hands(cv2.resize(picture.pixels, None, fx=stretch[0], fy=stretch[1])):
            landmarks = landmarks / stretch
            for joint, tip in FINGERTIPS:
                bone = landmarks[tip] - landmarks[joint]
                length = float(np.linalg.norm(bone))
                for index, polygon in enumerate(picture.polygons):
                    centre, size = shape_of_nail(polygon)
                    gap = float(np.linalg.norm(landmarks[tip] - 0.25 * bone - centre)) / max(length, 1e-6)
                    # A bone much shorter than its nail points at the camera: its direction says nothing.
                    if gap < nearest[index] and length > 0.6 * size:
                        straight = along(polygon, bone / length)
                        if straight is not None:
                            answers[index], nearest[index] = [float(value) for value in straight], gap
    return answers


def along(polygon: np.ndarray, bone: np.ndarray) -> np.ndarray | None:
    """The outline's long axis with the bone's sign where there is one, the bone where not, None if they disagree."""
    moments = cv2.moments(polygon)
    spread = np.array([[moments["mu20"], moments["mu11"]], [moments["mu11"], moments["mu02"]]])
    values, vectors = np.linalg.eigh(spread)
    if math.sqrt(values[1] / max(values[0], 1e-6)) < ELONGATED:
        return bone
    axis = vectors[:, 1] * np.sign(vectors[:, 1] @ bone)
    return axis if axis @ bone > math.cos(math.radians(40)) else None


def main() -> None:
    """Writes directions.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the pictures")
    parser.add_argument("--models", type=Path, default=DEFAULT_DATA.parent / "models" / "mediapipe")
    parser.add_argument("--runs", type=Path, default=DEFAULT_RUNS, help="folder to write directions.json to")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    teacher = Teacher(arguments.models)
    pictures = read_labelled(arguments.data / "nails" / "train") + read_labelled(arguments.data / "nails" / "valid")
    known = {picture.name: directions(teacher, picture) for picture in pictures if picture.polygons}
    arguments.runs.mkdir(parents=True, exist_ok=True)
    (arguments.runs / "directions.json").write_text(json.dumps(known))
    answers = [answer for picture in known.values() for answer in picture]
    print(f"{sum(answer is not None for answer in answers)} of {len(answers)} nails have a direction")


if __name__ == "__main__":
    main()
