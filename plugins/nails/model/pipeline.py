"""From a picture to nails, as the Java engine does it, and how well that went."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import torch

from data import Picture, shape_of_nail
from networks import CROP_SIDE, CROP_SIZES, FINDER_STRIDE, Finder, Refiner

#: Long side, in pixels, at which the finder sees a picture.
FINDER_SIDE = 416
#: Long side of its second, coarse look: a nail that fills the picture is more than it can take in at full size.
COARSE_SIDE = 208
#: From this share of the picture's long side on, a nail is a close-up, which the coarse look is for.
CLOSE_UP = 0.25


@dataclass(frozen=True)
class Thresholds:
    """The numbers of the decoding rule; the model card says how they were chosen."""

    peak: float = 0.25
    #: The same for the coarse look at close-ups; 1 leaves that look out.
    close_up_peak: float = 0.25
    presence: float = 0.5
    mask: float = 0.45
    #: A peak closer to a stronger one than this share of the larger size is the same nail.
    apart: float = 0.4
    passes: int = 1
    #: Nails are believed only together with a sure one: this peak, or a close-up, and this presence.
    sure_peak: float = 0.5
    sure_presence: float = 0.8


@dataclass(frozen=True)
class Found:
    """A peak of the finder: centre and size in the picture's pixels, its probability, and its share.

    The share is the size over the picture's long side.
    """

    centre: tuple[float, float]
    size: float
    probability: float
    share: float = 0.0


@dataclass(frozen=True)
class Nail:
    """A refined nail: its mask as bool[h][w] at a place in the picture, its centre, presence and direction."""

    left: int
    top: int
    mask: np.ndarray
    presence: float
    direction: tuple[float, float]
    found: Found


def prepared(pixels: np.ndarray, long_side: int) -> tuple[torch.Tensor, float]:
    """The finder's input for a picture and the scale it was brought to."""
    height, width = pixels.shape[:2]
    scale = long_side / max(height, width)
    smooth = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(pixels, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=smooth)
    padded = np.zeros((math.ceil(small.shape[0] / 32) * 32, math.ceil(small.shape[1] / 32) * 32, 3), np.uint8)
    padded[: small.shape[0], : small.shape[1]] = small
    return torch.from_numpy(padded.transpose(2, 0, 1).copy()).float()[None] / 255, scale


def peaks(finder: Finder, pixels: np.ndarray, long_side: int, lowest: float) -> list[Found]:
    """The finder's local maxima of at least this probability."""
    tensor, scale = prepared(pixels, long_side)
    with torch.no_grad():
        centre, size, _ = finder(tensor)[0].numpy()
    highest = cv2.dilate(centre, np.ones((3, 3), np.uint8))
    places = []
    for row, column in zip(*np.nonzero((centre >= lowest) & (centre >= highest)), strict=True):
        top, left = max(row - 1, 0), max(column - 1, 0)
        around = centre[top : row + 2, left : column + 2]
        down, across = np.mgrid[top : top + around.shape[0], left : left + around.shape[1]]
        # The weighted middle of the 3x3 cells is finer than the four pixels of a cell.
        x = ((across * around).sum() / around.sum() + 0.5) * FINDER_STRIDE / scale
        y = ((down * around).sum() / around.sum() + 0.5) * FINDER_STRIDE / scale
        share = float(size[row, column]) / scale / max(pixels.shape[:2])
        places.append(Found((float(x), float(y)), float(size[row, column]) / scale, float(centre[row, column]), share))
    return places


def find(finder: Finder, pixels: np.ndarray, thresholds: Thresholds) -> list[Found]:
    """The places to look at closely, most probable first, each nail once."""
    places = peaks(finder, pixels, FINDER_SIDE, thresholds.peak)
    if thresholds.close_up_peak < 1:
        coarse = peaks(finder, pixels, COARSE_SIDE, thresholds.close_up_peak)
        places += [place for place in coarse if place.share >= CLOSE_UP]
    kept: list[Found] = []
    for place in sorted(places, key=lambda place: -place.probability):
        near = (
            math.dist(place.centre, other.centre) < thresholds.apart * max(place.size, other.size) for other in kept
        )
        if not any(near):
            kept.append(place)
    return kept


def crop(pixels: np.ndarray, centre: tuple[float, float], side: float) -> np.ndarray:
    """The square around the centre as uint8[96][96][3]; what lies outside the picture repeats its edge."""
    scale = CROP_SIDE / side
    # The centre counts from the picture's corner, OpenCV from the middle of the first pixel: hence the halves.
    shift = CROP_SIDE / 2 - 0.5 - (np.array(centre) - 0.5) * scale
    matrix = np.column_stack([np.eye(2) * scale, shift])
    if scale < 0.5:
        factor = 2 ** math.floor(math.log2(1 / scale))
        pixels = cv2.resize(pixels, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
        matrix[:, :2] *= factor
        matrix[:, 2] += (factor - 1) / 2 * scale
    return cv2.warpAffine(
        pixels, matrix, (CROP_SIDE, CROP_SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def refined(refiner: Refiner, pixels: np.ndarray, places: list[Found]) -> tuple[np.ndarray, np.ndarray]:
    """The refiner's masks and facts for crops around the places."""
    crops = np.stack([crop(pixels, place.centre, CROP_SIZES * place.size) for place in places])
    with torch.no_grad():
        masks, facts = refiner(torch.from_numpy(crops.transpose(0, 3, 1, 2).copy()).float() / 255)
    return masks[:, 0].numpy(), facts.numpy()


def recentred(place: Found, mask: np.ndarray, threshold: float) -> Found:
    """The place moved and sized to the mask found there; unchanged where the mask is next to nothing."""
    contours, _ = cv2.findContours((mask >= threshold).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None or len(largest) < 8:
        return place
    centre, size = shape_of_nail(largest.reshape(-1, 2).astype(np.float32))
    unit = CROP_SIZES * place.size / CROP_SIDE
    x = place.centre[0] + (centre[0] + 0.5 - CROP_SIDE / 2) * unit
    y = place.centre[1] + (centre[1] + 0.5 - CROP_SIDE / 2) * unit
    bounded = min(max((size + 1) * unit, 0.6 * place.size), 1.6 * place.size)
    return Found((float(x), float(y)), float(bounded), place.probability, place.share)


def nails_of(finder: Finder, refiner: Refiner, pixels: np.ndarray, thresholds: Thresholds) -> list[Nail]:
    """All nails of a picture."""
    places = find(finder, pixels, thresholds)
    if not places:
        return []
    masks, facts = refined(refiner, pixels, places)
    for _ in range(thresholds.passes - 1):
        keep = [index for index in range(len(places)) if facts[index, 0] >= 0.5 * thresholds.presence]
        if not keep:
            return []
        places = [recentred(places[index], masks[index], thresholds.mask) for index in keep]
        masks, facts = refined(refiner, pixels, places)
    nails: list[Nail] = []
    painted = np.zeros(pixels.shape[:2], bool)
    for index in np.argsort([-place.probability for place in places], kind="stable"):
        place, fact = places[index], facts[index]
        if fact[0] < thresholds.presence:
            continue
        nail = pasted(place, masks[index], fact, pixels.shape[:2], thresholds.mask)
        if nail is None:
            continue
        area = painted[nail.top : nail.top + nail.mask.shape[0], nail.left : nail.left + nail.mask.shape[1]]
        # Two peaks may have settled on one nail in the second pass: the weaker one goes.
        if (area & nail.mask).sum() > 0.5 * nail.mask.sum():
            continue
        area |= nail.mask
        nails.append(nail)
    return nails if any(sure(nail, thresholds) for nail in nails) else []


def sure(nail: Nail, thresholds: Thresholds) -> bool:
    """Whether this nail alone shows that the picture has nails.

    Doubtful nails beside a sure one are mostly real, alone they are mostly shoes and windows: the two thresholds of
    Canny's edge detector, with "in the same picture" in the place of "connected".
    """
    large = nail.found.share >= CLOSE_UP
    return nail.presence >= thresholds.sure_presence and (large or nail.found.probability >= thresholds.sure_peak)


def pasted(place: Found, mask: np.ndarray, fact: np.ndarray, shape: tuple[int, int], threshold: float) -> Nail | None:
    """The crop's mask brought back into the picture; None where nothing of it is left."""
    side = CROP_SIZES * place.size
    left, top = math.floor(place.centre[0] - side / 2), math.floor(place.centre[1] - side / 2)
    right, bottom = min(shape[1], left + math.ceil(side) + 1), min(shape[0], top + math.ceil(side) + 1)
    left, top = max(left, 0), max(top, 0)
    if right <= left or bottom <= top:
        return None
    scale = CROP_SIDE / side
    across = ((np.arange(left, right) + 0.5 - place.centre[0]) * scale + CROP_SIDE / 2 - 0.5).astype(np.float32)
    down = ((np.arange(top, bottom) + 0.5 - place.centre[1]) * scale + CROP_SIDE / 2 - 0.5).astype(np.float32)
    grid_x, grid_y = np.meshgrid(across, down)
    inside = cv2.remap(mask, grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT) >= threshold
    if not inside.any():
        return None
    direction = (float(fact[1]), float(fact[2]))
    return Nail(left, top, inside, float(fact[0]), direction, place)


def filled(polygon: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """The polygon's pixels as bool[height][width]."""
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(polygon).astype(np.int32)], 1)
    return mask > 0


def finder_score(finder: Finder, pictures: list[Picture]) -> dict[str, float]:
    """How well peaks meet nails: the average precision, and recall and precision at the best threshold.

    A peak meets a nail if it lies on it and its size is within a factor of 1.6; one peak to a nail.
    """
    hits: list[tuple[float, bool]] = []
    total = 0
    for picture in pictures:
        free = list(picture.polygons)
        total += len(free)
        for place in find(finder, picture.pixels, Thresholds(peak=0.05, close_up_peak=1.0)):
            met = None
            for index, polygon in enumerate(free):
                ratio = place.size / shape_of_nail(polygon)[1]
                if cv2.pointPolygonTest(polygon, place.centre, False) >= 0 and 1 / 1.6 < ratio < 1.6:
                    met = index
            if met is not None:
                free.pop(met)
            hits.append((place.probability, met is not None))
    hits.sort(reverse=True)
    right = np.cumsum([hit for _, hit in hits]) if hits else np.zeros(1)
    recall, precision = right / max(total, 1), right / np.arange(1, len(right) + 1)
    balance = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    best = int(balance.argmax())
    average = float(np.sum(np.diff(np.concatenate([[0], recall])) * np.maximum.accumulate(precision[::-1])[::-1]))
    figures = {"score": average, "recall": recall[best], "precision": precision[best], "all": recall[-1]}
    return {key: float(value) for key, value in figures.items()} | {"threshold": hits[best][0] if hits else 0.0}


def crop_score(refiner: Refiner, pictures: list[Picture], false_peaks: dict[str, list[Found]]) -> dict[str, float]:
    """How well crops are refined that are placed with the finder's usual error, and its false peaks refused.

    The score is the pooled overlap of the outlines plus half the average of both shares of right presences.
    """
    random = np.random.default_rng(0)
    both = either = present = count = refused = refusable = 0
    for picture in pictures:
        places = []
        for polygon in picture.polygons:
            centre, size = shape_of_nail(polygon)
            x, y = centre + 0.5 + random.normal(0, 0.08, 2) * size
            places.append(Found((float(x), float(y)), size * math.exp(random.normal(0, 0.13)), 1.0))
        wrong = false_peaks.get(picture.name, [])
        masks, facts = refined(refiner, picture.pixels, places + wrong)
        present, count = present + (facts[: len(places), 0] > 0.5).sum(), count + len(places)
        refused, refusable = refused + (facts[len(places) :, 0] <= 0.5).sum(), refusable + len(wrong)
        for polygon, place, mask, fact in zip(picture.polygons, places, masks, facts, strict=False):
            truth = filled(polygon, picture.pixels.shape[:2])
            answer = np.zeros_like(truth)
            nail = pasted(place, mask, fact, truth.shape, 0.5)
            if nail is not None:
                answer[nail.top : nail.top + nail.mask.shape[0], nail.left : nail.left + nail.mask.shape[1]] = nail.mask
            both, either = both + (truth & answer).sum(), either + (truth | answer).sum()
    overlap, right, wrong = both / max(either, 1), present / max(count, 1), refused / max(refusable, 1)
    score = overlap + 0.25 * (right + wrong)
    return {
        key: float(value) for key, value in {"score": score, "iou": overlap, "present": right, "refused": wrong}.items()
    }
