"""Pictures with their nails, and which of them may be trained on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

PROJECT = Path(__file__).resolve().parents[3]
#: Where the data lies unless ``--data`` says otherwise: beside the project, never inside it.
DEFAULT_DATA = PROJECT.parent / "shared" / "data"
#: Where checkpoints and what was made from the pictures lie unless ``--runs`` says otherwise; git ignores it.
DEFAULT_RUNS = Path(__file__).resolve().parent / "build"
#: The pictures of plain, unpolished hands that are kept from training to be evaluated on.
PLAIN_HANDS = Path(__file__).resolve().parent / "plain-hands.txt"
#: Every how-many-th nail-free picture is kept from training for the evaluation of false paint.
NAIL_FREE_STEP = 4
#: Every how-many-th picture of nails/train is kept from training to choose checkpoints and thresholds with.
DEVELOPMENT_STEP = 20
#: From this correlation of fingerprints on, two pictures count as copies of each other.
COPY_CORRELATION = 0.90
#: How often hands that hide their nails count among the negatives: they are few, and what finders err on most.
HIDDEN_NAILS_WEIGHT = 6
#: Longest side, in pixels, that nail-free pictures are kept at, to save memory.
NAIL_FREE_SIDE = 640
#: Pictures of nails/train without labels that show a nail, or may: neither truth nor a negative.
DOUBTFUL = frozenset(
    f"train-{number:04d}.jpg"
    for number in (145, 402, 1681, 2690, 2828, 2829, 2841, 2845, 2852, 2854, 2858, 2859, 2865, 2932)
)


@dataclass(frozen=True)
class Picture:
    """A picture, uint8[height][width][3], RGB, with one polygon, float32[points][2] in pixels, for each nail."""

    name: str
    pixels: np.ndarray
    polygons: list[np.ndarray] = field(default_factory=list)


def read_pixels(path: Path) -> np.ndarray:
    """The picture of a file as uint8[height][width][3], RGB."""
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError(f"not a readable picture: {path}")
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)


def read_polygons(path: Path, width: int, height: int) -> list[np.ndarray]:
    """The polygons of a label file: one line a nail, a class number and then x and y relative to the picture."""
    polygons = []
    for line in path.read_text().splitlines() if path.exists() else ():
        points = np.array(line.split()[1:], np.float32).reshape(-1, 2) * np.float32([width, height])
        if len(points) >= 3 and cv2.contourArea(points) >= 4:
            polygons.append(points)
    return polygons


def read_labelled(folder: Path) -> list[Picture]:
    """All pictures of ``folder/images`` with their labels from ``folder/labels``, sorted by name."""
    pictures = []
    for path in sorted((folder / "images").iterdir()):
        pixels = read_pixels(path)
        height, width = pixels.shape[:2]
        label = folder / "labels" / f"{path.stem}.txt"
        pictures.append(Picture(path.name, pixels, read_polygons(label, width, height)))
    return pictures


def read_nail_free(data: Path) -> list[Picture]:
    """Pictures in which no nail can be made out: fabrics, portraits and street photographs.

    Hands in the street photographs are so small that a nail covers a pixel or two.
    """
    paths = sorted((data / "fabric" / "photos").glob("*.jpg")) + sorted((data / "hair" / "portraits").iterdir())
    paths += sorted((data / "people" / "photos").iterdir())
    pictures = []
    for path in paths:
        pixels = read_pixels(path)
        scale = min(1.0, NAIL_FREE_SIDE / max(pixels.shape[:2]))
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        pictures.append(Picture(path.name, pixels))
    return pictures


def shape_of_nail(polygon: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and longer side of the smallest rectangle around the polygon: what the finder calls a nail's size."""
    centre, sides, _ = cv2.minAreaRect(polygon.astype(np.float32))
    return np.array(centre, np.float32), max(sides)


def fingerprints(pixels: np.ndarray) -> np.ndarray:
    """The perceptual hash of a picture in its eight symmetries, float32[8][63], kept as real numbers of length one.

    The lowest 8x8 frequencies without the mean, as in a perceptual hash of 64 bits; correlation takes the place of the
    Hamming distance and is finer.
    """
    grey = cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (32, 32), interpolation=cv2.INTER_AREA).astype(
        np.float32
    )
    symmetries = [np.rot90(side, turns) for side in (grey, grey[:, ::-1]) for turns in range(4)]
    frequencies = np.stack([cv2.dct(np.ascontiguousarray(side))[:8, :8].ravel()[1:] for side in symmetries])
    return frequencies / np.maximum(np.linalg.norm(frequencies, axis=1, keepdims=True), 1e-6)


def copies(pictures: list[Picture], references: list[Picture]) -> set[str]:
    """The names of the pictures that are near-duplicates of a reference under rotation or mirroring."""
    if not pictures or not references:
        return set()
    upright = np.stack([fingerprints(picture.pixels)[0] for picture in pictures])
    known = np.concatenate([fingerprints(reference.pixels) for reference in references])
    alike = (upright @ known.T).max(axis=1) >= COPY_CORRELATION
    return {picture.name for picture, same in zip(pictures, alike, strict=True) if same}


@dataclass(frozen=True)
class Split:
    """Which picture serves what: no picture and no near-copy of one serves twice.

    training and its nail-free negatives feed the networks; development chooses checkpoints and thresholds; valid,
    plain and nail_free are only ever evaluated on.
    """

    training: list[Picture]
    negatives: list[Picture]
    development: list[Picture]
    valid: list[Picture]
    plain: list[Picture]
    nail_free: list[Picture]


def read_split(data: Path) -> Split:
    """Reads every picture and deals it to its purpose, the same way each time."""
    everything = [picture for picture in read_labelled(data / "nails" / "train") if picture.name not in DOUBTFUL]
    valid = read_labelled(data / "nails" / "valid")
    plain_names = set(PLAIN_HANDS.read_text().split())
    plain = [picture for picture in everything if picture.name in plain_names]
    rest = [picture for picture in everything if picture.name not in plain_names]
    evaluated = copies(rest, valid + plain)
    rest = [picture for picture in rest if picture.name not in evaluated]

    labelled = [picture for picture in rest if picture.polygons]
    development = labelled[::DEVELOPMENT_STEP]
    chosen = {picture.name for picture in development} | copies(labelled, development)
    training = [picture for picture in labelled if picture.name not in chosen]

    # Hands that hide their nails are the hardest negatives and the fairest test; the rest is easier and more varied.
    hidden = [picture for picture in rest if not picture.polygons]
    nail_free = hidden + read_nail_free(data)
    held = nail_free[::NAIL_FREE_STEP]
    held_names = {picture.name for picture in held} | copies(nail_free, held)
    hidden_names = {picture.name for picture in hidden}
    negatives: list[Picture] = []
    for picture in nail_free:
        if picture.name not in held_names:
            negatives += [picture] * (HIDDEN_NAILS_WEIGHT if picture.name in hidden_names else 1)
    return Split(training, negatives, development, valid, plain, held)
