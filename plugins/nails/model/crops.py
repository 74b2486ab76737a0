"""Random crops of pictures, with the answers that the refiner should give for them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from augment import placed, random_linear, recoloured
from data import Picture, shape_of_nail
from networks import CROP_SIDE, CROP_SIZES


@dataclass(frozen=True)
class Crop:
    """One refiner example: pixels uint8[96][96][3], mask float32[96][96], facts float32[4].

    The facts are presence, then the direction from cuticle to tip, then 1 if that direction is known.
    """

    pixels: np.ndarray
    mask: np.ndarray
    facts: np.ndarray


@dataclass(frozen=True)
class Peak:
    """A place where the finder saw a nail: picture index, centre and size in that picture's pixels."""

    picture: int
    centre: tuple[float, float]
    size: float


class CropMaker:
    """Makes random crops, jittered as the finder errs, with a share that shows no nail at the middle."""

    def __init__(
        self,
        training: list[Picture],
        negatives: list[Picture],
        directions: dict[str, list[list[float] | None]],
        false_peaks: list[Peak],
        random: Generator,
    ) -> None:
        self.training, self.negatives, self.random = training, negatives, random
        self.directions, self.false_peaks = directions, false_peaks
        self.pictures = training + negatives

    def make(self, widest_turn: float) -> Crop:
        """A random crop: of a nail in about two of three cases, of nothing otherwise."""
        chance = self.random.random()
        if chance < 0.64:
            return self._nail(widest_turn)
        if chance < 0.92 and self.false_peaks:
            peak = self.false_peaks[self.random.integers(len(self.false_peaks))]
            centre = np.array(peak.centre) + self.random.normal(0, 0.08, 2) * peak.size
            return self._nothing(self.pictures[peak.picture], centre, peak.size, widest_turn)
        return self._elsewhere(widest_turn)

    def _nail(self, turn: float) -> Crop:
        random = self.random
        picture = self.training[random.integers(len(self.training))]
        index = int(random.integers(len(picture.polygons)))
        linear = random_linear(random, turn)
        polygon = picture.polygons[index] @ linear.T
        centre, size = shape_of_nail(polygon)
        # Mostly the small errors of a good peak, at times the large ones of a poor peak.
        spread = 0.08 if random.random() < 0.7 else 0.16
        side = CROP_SIZES * size * math.exp(random.normal(0, 1.6 * spread))
        scale = CROP_SIDE / side
        focus = centre + np.clip(random.normal(0, spread, 2), -0.35, 0.35) * size
        mask = np.zeros((CROP_SIDE * 2, CROP_SIDE * 2), np.uint8)
        corners = (polygon - focus) * scale + CROP_SIDE / 2
        cv2.fillPoly(mask, [np.round((corners + 0.5) * 32 - 8).astype(np.int32)], 255, shift=4)
        mask = cv2.resize(mask, (CROP_SIDE, CROP_SIDE), interpolation=cv2.INTER_AREA)
        facts = np.array([1, 0, 0, 0], np.float32)
        known = self.directions.get(picture.name)
        if known and known[index] is not None:
            direction = linear @ np.array(known[index])
            facts[1:3] = direction / np.linalg.norm(direction)
            facts[3] = 1
        pixels = self._cut(picture, linear * scale, np.linalg.solve(linear, focus))
        return Crop(pixels, mask / np.float32(255), facts)

    def _elsewhere(self, turn: float) -> Crop:
        """A crop away from any nail, of a hand or of anything else."""
        random = self.random
        pictures = self.training if random.random() < 0.5 else self.negatives
        picture = pictures[random.integers(len(pictures))]
        height, width = picture.pixels.shape[:2]
        size = math.exp(random.uniform(math.log(14), math.log(110)))
        for _ in range(8):
            centre = random.uniform(0.05, 0.95, 2) * [width, height]
            gaps = [
                -cv2.pointPolygonTest(polygon, (float(centre[0]), float(centre[1])), True)
                for polygon in picture.polygons
            ]
            if all(gap > 0.35 * size for gap in gaps):
                return self._nothing(picture, centre, size, turn)
        return self._nail(turn)

    def _nothing(self, picture: Picture, centre: np.ndarray, size: float, turn: float) -> Crop:
        linear = random_linear(self.random, turn) * (
            CROP_SIDE / (CROP_SIZES * size * math.exp(self.random.normal(0, 0.15)))
        )
        pixels = self._cut(picture, linear, centre)
        return Crop(pixels, np.zeros((CROP_SIDE, CROP_SIDE), np.float32), np.zeros(4, np.float32))

    def _cut(self, picture: Picture, linear: np.ndarray, focus: np.ndarray) -> np.ndarray:
        """The crop around the focus, at times through a lower resolution, as from a distant hand."""
        random, side = self.random, CROP_SIDE
        if random.random() < 0.35:
            side = int(random.integers(20, CROP_SIDE))
        shrink = side / CROP_SIDE
        # Enlarging keeps the picture's edges in place, not the middles of its pixels: hence the halves.
        matrix = placed(linear * shrink, focus, np.full(2, (CROP_SIDE / 2 + 0.5) * shrink - 0.5))
        border = cv2.BORDER_REPLICATE if random.random() < 0.5 else cv2.BORDER_CONSTANT
        pixels = cv2.warpAffine(picture.pixels, matrix, (side, side), borderMode=border)
        if side != CROP_SIDE:
            pixels = cv2.resize(pixels, (CROP_SIDE, CROP_SIDE), interpolation=cv2.INTER_LINEAR)
        return recoloured(pixels, random)
