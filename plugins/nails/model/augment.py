"""Random training examples: windows with the finder's targets, crops with the refiner's."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from data import Picture
from networks import CROP_SIDE, FINDER_STRIDE, TYPICAL_SIZE

#: Side of the finder's training windows in pixels.
WINDOW_SIDE = 320
#: Side of the refiner's crop in nail sizes.
CROP_SIZES = 1.8
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


@dataclass(frozen=True)
class Crop:
    """One refiner example: pixels uint8[96][96][3], mask float32[96][96], facts float32[4].

    The facts are presence, then the direction from cuticle to tip, then 1 if that direction is known.
    """

    pixels: np.ndarray
    mask: np.ndarray
    facts: np.ndarray


def shape_of_nail(polygon: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and longer side of the smallest rectangle around the polygon: what the finder calls a nail's size."""
    centre, sides, _ = cv2.minAreaRect(polygon.astype(np.float32))
    return np.array(centre, np.float32), max(sides)


def random_linear(random: Generator, widest_turn: float) -> np.ndarray:
    """A random turn, mirror and change of aspect, float64[2][2].

    The pictures were squeezed into squares, so aspects from 0.6 to 1.7 occur in life. Most turns stay within 25
    degrees: full turns from the start slow learning; ``widest_turn``, in degrees, grows while training goes on.
    """
    turn = random.uniform(-25, 25) if random.random() < 0.5 else random.uniform(-widest_turn, widest_turn)
    aspect = math.exp(random.uniform(math.log(0.6), math.log(1.7))) if random.random() < 0.7 else 1.0
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    mirror = -1.0 if random.random() < 0.5 else 1.0
    stretch = np.diag([mirror * math.sqrt(aspect), 1.0 / math.sqrt(aspect)])
    return np.array([[cosine, -sine], [sine, cosine]]) @ stretch


def placed(linear: np.ndarray, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The affine map, float64[2][3], with this linear part that takes the source point to the target point."""
    return np.column_stack([linear, target - linear @ source])


def recoloured(pixels: np.ndarray, random: Generator) -> np.ndarray:
    """Another exposure, white balance, saturation, sharpness, noise and JPEG quality."""
    if random.random() < 0.8:
        levels = np.arange(256, dtype=np.float32) / 255
        table = np.empty((256, 3), np.uint8)
        gamma, contrast, shift = math.exp(random.normal(0, 0.25)), math.exp(random.normal(0, 0.15)), random.normal(0, 0.06)
        for channel in range(3):
            gain = math.exp(random.normal(0, 0.08))
            curve = ((levels**gamma) * gain - 0.5) * contrast + 0.5 + shift
            table[:, channel] = np.clip(curve * 255, 0, 255)
        pixels = cv2.LUT(pixels, table.reshape(1, 256, 3))
    if random.random() < 0.4:
        grey = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        saturation = random.uniform(0.3, 1.5)
        pixels = cv2.addWeighted(pixels, saturation, grey, 1 - saturation, 0)
    if random.random() < 0.15:
        # Another hue altogether: polish comes in every colour, and skin under coloured light does too.
        hsv = cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0].astype(np.int32) + int(random.integers(-18, 19))) % 180
        pixels = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    if random.random() < 0.2:
        pixels = cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.4, 1.6))
    if random.random() < 0.2:
        noise = random.integers(-128, 128, pixels.shape, np.int16)
        pixels = np.clip(pixels + noise * random.uniform(0.01, 0.12), 0, 255).astype(np.uint8)
    if random.random() < 0.3:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(30, 90))]
        pixels = cv2.imdecode(cv2.imencode(".jpg", pixels, quality)[1], cv2.IMREAD_COLOR)
    return pixels


class WindowMaker:
    """Makes random windows, some of them mosaics of four, so that small nails and busy pictures are learnt too."""

    def __init__(self, training: list[Picture], negatives: list[Picture], random: Generator) -> None:
        self.training, self.negatives, self.random = training, negatives, random

    def make(self, widest_turn: float) -> Window:
        random = self.random
        pixels = np.zeros((WINDOW_SIDE, WINDOW_SIDE, 3), np.uint8)
        nails: list[tuple[np.ndarray, float]] = []
        if random.random() < 0.25:
            half = WINDOW_SIDE // 2
            for left, top in ((0, 0), (half, 0), (0, half), (half, half)):
                self._fill(pixels[top : top + half, left : left + half], np.array([left, top]), nails, widest_turn, 0.55)
        else:
            self._fill(pixels, np.zeros(2), nails, widest_turn, 1.0)
        return Window(recoloured(pixels, random), finder_targets(nails, WINDOW_SIDE))

    def _fill(self, area: np.ndarray, corner: np.ndarray, nails: list[tuple[np.ndarray, float]], turn: float, shrink: float) -> None:
        """Draws a random view of a random picture into the area and appends what nails can be seen of it."""
        random, side = self.random, area.shape[0]
        negative = random.random() < 0.12
        pictures = self.negatives if negative else self.training
        picture = pictures[random.integers(len(pictures))]
        linear = random_linear(random, turn)
        height, width = picture.pixels.shape[:2]
        # Scale 1 is what the running program sees: the longer side of the picture at 416 pixels.
        scale = 416 / max(width, height) * math.exp(random.normal(-0.05, 0.35)) * shrink
        focus = random.uniform(0.15, 0.85, 2) * [width, height]
        if picture.polygons:
            centre, size = shape_of_nail(picture.polygons[random.integers(len(picture.polygons))])
            if random.random() < 0.5:
                # Sizes spread evenly from tiny to close-up, as far as the picture's sharpness allows.
                wanted = math.exp(random.uniform(math.log(9), math.log(130))) * math.sqrt(shrink)
                scale = float(np.clip(wanted / size, 0.3, 2.2))
            if random.random() < 0.7:
                focus = centre
        if random.random() < 0.8:
            # Most windows are filled: pixels of border teach little.
            scale = max(scale, 0.9 * side / max(width, height))
        target = side / 2 + random.uniform(-0.25, 0.25, 2) * side
        matrix = placed(linear * scale, focus, target)
        border = (0, 0, 0) if random.random() < 0.5 else tuple(int(value) for value in random.integers(0, 256, 3))
        smooth = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
        source = picture.pixels
        if smooth == cv2.INTER_AREA:
            # warpAffine skips pixels when it shrinks; halving first keeps small nails free of that jaggedness.
            source = cv2.resize(source, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            shrunk = matrix @ np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
        else:
            shrunk = matrix
        cv2.warpAffine(source, shrunk, (side, side), dst=area, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
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
        sigma = float(np.clip(0.14 * size / FINDER_STRIDE, 0.8, 4.0))
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
        chance = self.random.random()
        if chance < 0.72:
            return self._nail(widest_turn)
        if chance < 0.90 and self.false_peaks:
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
            gaps = [-cv2.pointPolygonTest(polygon, (float(centre[0]), float(centre[1])), True) for polygon in picture.polygons]
            if all(gap > 0.35 * size for gap in gaps):
                return self._nothing(picture, centre, size, turn)
        return self._nail(turn)

    def _nothing(self, picture: Picture, centre: np.ndarray, size: float, turn: float) -> Crop:
        linear = random_linear(self.random, turn) * (CROP_SIDE / (CROP_SIZES * size * math.exp(self.random.normal(0, 0.15))))
        pixels = self._cut(picture, linear, centre)
        return Crop(pixels, np.zeros((CROP_SIDE, CROP_SIDE), np.float32), np.zeros(4, np.float32))

    def _cut(self, picture: Picture, linear: np.ndarray, focus: np.ndarray) -> np.ndarray:
        """The crop around the focus, at times through a lower resolution, as from a distant hand."""
        random, side = self.random, CROP_SIDE
        if random.random() < 0.35:
            side = int(random.integers(20, CROP_SIDE))
        shrink = side / CROP_SIDE
        matrix = placed(linear * shrink, focus, np.full(2, side / 2))
        border = cv2.BORDER_REPLICATE if random.random() < 0.5 else cv2.BORDER_CONSTANT
        pixels = cv2.warpAffine(picture.pixels, matrix, (side, side), borderMode=border)
        if side != CROP_SIDE:
            pixels = cv2.resize(pixels, (CROP_SIDE, CROP_SIDE), interpolation=cv2.INTER_LINEAR)
        return recoloured(pixels, random)
