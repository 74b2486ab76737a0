"""Random windows of pictures, with the answers that the finder should give for them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from augment import placed, random_linear, recoloured
from data import Picture, shape_of_nail
from networks import FINDER_STRIDE, TYPICAL_SIZE

#: Sides of the finder's training windows in pixels: most are small and cheap, some as large as what the program sees,
#: without which a nail that fills the picture would never be learnt.
WINDOW_SIDES = (320, 416)
#: From this share of the picture's long side on, a nail is a close-up. They are rare, but cover most of the pixels.
CLOSE_UP = 0.3
#: Nails smaller than this many pixels, or mostly out of the window, are neither asked for nor punished.
SMALLEST_NAIL = 6.0
SHOWN_SHARE = 0.45


@dataclass(frozen=True)
class Window:
    """One finder example: picture uint8[S][S][3]; targets float32[5][S/4][S/4].

    The targets are centre, weight of the centre's negatives, log size over TYPICAL_SIZE, weight of the size, mask.
    """

    pixels: np.ndarray
    targets: np.ndarray


class WindowMaker:
    """Makes random windows, some of them mosaics of four, so that small nails and busy pictures are learnt too."""

    def __init__(self, training: list[Picture], negatives: list[Picture], random: Generator) -> None:
        self.training, self.negatives, self.random = training, negatives, random

        self.close_ups = [
            picture
            for picture in training
            if any(shape_of_nail(polygon)[1] > CLOSE_UP * max(picture.pixels.shape) for polygon in picture.polygons)
        ]

    def make(self, side: int, widest_turn: float) -> Window:
        """A random window; one of the largest side shows a whole picture."""
        random = self.random
        pixels = np.zeros((side, side, 3), np.uint8)
        nails: list[tuple[np.ndarray, float]] = []
        if side == max(WINDOW_SIDES):
            self._fill(pixels, np.zeros(2), nails, widest_turn, whole=True)
        elif random.random() < 0.3:
            half = side // 2
            for left, top in ((0, 0), (half, 0), (0, half), (half, half)):
                self._fill(pixels[top : top + half, left : left + half], np.array([left, top]), nails, widest_turn)
        else:
            self._fill(pixels, np.zeros(2), nails, widest_turn)
        return Window(recoloured(pixels, random), finder_targets(nails, side))

    def _picture(self, *, whole: bool) -> Picture:
        chance = self.random.random()
        pictures = self.negatives if chance < 0.22 else self.training
        if chance > 0.7 and whole and self.close_ups:
            pictures = self.close_ups
        return pictures[self.random.integers(len(pictures))]

    def _fill(
        self,
        area: np.ndarray,
        corner: np.ndarray,
        nails: list[tuple[np.ndarray, float]],
        turn: float,
        *,
        whole: bool = False,
    ) -> None:
        """Draws a random view of a random picture into the area and appends what nails can be seen of it."""
        random, side = self.random, area.shape[0]
        picture = self._picture(whole=whole)
        linear = random_linear(random, turn)
        height, width = picture.pixels.shape[:2]
        longest = max(width, height)
        focus = random.uniform(0.15, 0.85, 2) * [width, height]
        target = side / 2 + random.uniform(-0.25, 0.25, 2) * side
        if whole:
            # As the running program sees it: the longer side at 416 pixels.
            scale = side / longest * math.exp(random.normal(-0.05, 0.15))
            focus, target = np.array([width, height]) / 2, side / 2 + random.normal(0, 0.05, 2) * side
        else:
            scale = max(WINDOW_SIDES) / longest * math.exp(random.normal(-0.05, 0.35))
            if picture.polygons:
                centre, size = shape_of_nail(picture.polygons[random.integers(len(picture.polygons))])
                if random.random() < 0.5:
                    # Sizes spread evenly from tiny to close-up, as far as the picture's sharpness allows.
                    wanted = math.exp(random.uniform(math.log(9), math.log(0.8 * side)))
                    scale = float(np.clip(wanted / size, 0.3, 2.2))
                if random.random() < 0.7:
                    focus = centre
            if side < min(WINDOW_SIDES):
                scale *= random.uniform(0.5, 1.0)
            if random.random() < 0.8:
                # Most windows are filled: pixels of border teach little.
                scale = max(scale, 0.9 * side / longest)
        matrix = placed(linear * scale, focus, target)
        border = (0, 0, 0) if random.random() < 0.5 else tuple(int(value) for value in random.integers(0, 256, 3))
        source, shrunk = picture.pixels, matrix
        if scale < 0.5:
            # warpAffine skips pixels when it shrinks; halving first keeps small nails free of that jaggedness.
            source = cv2.resize(source, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            shrunk = matrix @ np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
        area[:] = cv2.warpAffine(source, shrunk, (side, side), borderMode=cv2.BORDER_CONSTANT, borderValue=border)
        for polygon in picture.polygons:
            moved = polygon @ matrix[:, :2].T + matrix[:, 2]
            # Kept within the area: a mosaic's neighbour must not be labelled with it.
            inside = np.clip(moved, 0, side - 1)
            whole, shown = cv2.contourArea(moved.astype(np.float32)), cv2.contourArea(inside.astype(np.float32))
            if shown > 4:
                nails.append((inside + corner, shown / whole))


def finder_targets(nails: list[tuple[np.ndarray, float]], side: int) -> np.ndarray:
    """What the finder should answer for a window with these polygons, each with the share of it in view; see Window."""
    cells = side // FINDER_STRIDE
    targets = np.zeros((5, cells, cells), np.float32)
    heat, weight, size_map, size_weight, mask = targets
    weight[:] = 1
    painted = np.zeros((side, side), np.uint8)
    across, down = np.meshgrid(np.arange(cells, dtype=np.float32), np.arange(cells, dtype=np.float32))
    for nail, shown in nails:
        centre, size = shape_of_nail(nail)
        cv2.fillPoly(painted, [np.round(nail).astype(np.int32)], 255)
        x, y = (centre + 0.5) / FINDER_STRIDE - 0.5
        sigma = float(np.clip(0.14 * size / FINDER_STRIDE, 0.8, 10.0))
        bump = np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * sigma * sigma))
        if size < SMALLEST_NAIL or shown < SHOWN_SHARE:
            weight[bump > 0.05] = 0
            continue
        column, row = min(max(round(float(x)), 0), cells - 1), min(max(round(float(y)), 0), cells - 1)
        bump[row, column] = 1
        near = bump > np.maximum(size_weight, 0.4)
        size_map[near] = math.log(size / TYPICAL_SIZE)
        size_weight[near] = bump[near]
        np.maximum(heat, bump, out=heat)
    mask[:] = cv2.resize(painted, (cells, cells), interpolation=cv2.INTER_AREA) / np.float32(255)
    return targets
