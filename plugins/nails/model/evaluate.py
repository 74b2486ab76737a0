"""Evaluates the exported networks end to end and prints JSON: ``python evaluate.py``.

``--search`` first chooses the thresholds on the development pictures, which no figure below is measured on.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import math
import time
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch

from data import DEFAULT_DATA, Picture, read_split, shape_of_nail
from export import RESOURCES
from networks import Finder, Refiner, example
from pipeline import CLOSE_UP, FINDER_SIDE, Nail, Thresholds, filled, nails_of, sure

#: Overlap from which on an answer counts as the nail.
SAME_NAIL = 0.5
#: Upper bounds of the size groups: the nail's longer side in pixels when the picture's long side is 416.
SIZES = (16, 32, 64, math.inf)


@dataclass
class Tally:
    """Pixels and nails counted over some pictures."""

    both: int = 0
    either: int = 0
    nails: int = 0
    answers: int = 0
    matched: int = 0
    overlaps: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Counts what the other tally counted as well."""
        for entry in dataclasses.fields(self):
            setattr(self, entry.name, getattr(self, entry.name) + getattr(other, entry.name))

    def figures(self) -> dict[str, float]:
        """The shares that the counts come to."""
        return {
            "pooled-iou": round(self.both / max(self.either, 1), 4),
            "recall": round(self.matched / max(self.nails, 1), 4),
            "precision": round(self.matched / max(self.answers, 1), 4),
            "iou-of-matched": round(float(np.mean(self.overlaps)) if self.overlaps else 0.0, 4),
            "nails": self.nails,
        }


@dataclass(frozen=True)
class Judged:
    """One picture's tally, its matched overlap for each true nail (0 if missed), and its skin's lightness."""

    tally: Tally
    sizes: list[float]
    overlaps: list[float]
    turns: list[float]
    lightness: float


def judged(picture: Picture, nails: list[Nail], directions: list[list[float] | None] | None) -> Judged:
    """Compares a picture's answer with its truth; pairs are made best overlap first."""
    shape = picture.pixels.shape[:2]
    truths = [filled(polygon, shape) for polygon in picture.polygons]
    painted = np.zeros(shape, bool)
    pairs = []
    for number, nail in enumerate(nails):
        window = slice(nail.top, nail.top + nail.mask.shape[0]), slice(nail.left, nail.left + nail.mask.shape[1])
        painted[window] |= nail.mask
        for index, truth in enumerate(truths):
            both = int((truth[window] & nail.mask).sum())
            if both:
                pairs.append((both / (int(truth.sum()) + int(nail.mask.sum()) - both), index, number))
    overlaps, taken, turns = [0.0] * len(truths), set(), []
    for overlap, index, number in sorted(pairs, reverse=True):
        if overlap >= SAME_NAIL and overlaps[index] == 0 and number not in taken:
            overlaps[index] = overlap
            taken.add(number)
            if directions and directions[index] is not None:
                cosine = float(np.dot(directions[index], nails[number].direction))
                turns.append(math.degrees(math.acos(min(1.0, max(-1.0, cosine)))))
    truth = np.any(truths, axis=0) if truths else np.zeros(shape, bool)
    found = [overlap for overlap in overlaps if overlap]
    tally = Tally(
        int((truth & painted).sum()), int((truth | painted).sum()), len(truths), len(nails), len(found), found
    )
    unit = FINDER_SIDE / max(shape)
    sizes = [shape_of_nail(polygon)[1] * unit for polygon in picture.polygons]
    return Judged(tally, sizes, overlaps, turns, lightness(picture, truth))


def lightness(picture: Picture, truth: np.ndarray) -> float:
    """The median CIELAB L of what looks like skin in a ring around the nails."""
    if not truth.any():
        return math.nan
    reach = int(0.35 * np.median([shape_of_nail(polygon)[1] for polygon in picture.polygons])) * 2 + 3
    ring = (cv2.dilate(truth.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0) & ~truth
    colours = cv2.cvtColor(picture.pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[ring]
    skin = colours[(colours[:, 1] > 3) & (colours[:, 2] > 3) & (colours[:, 2] < 45) & (colours[:, 0] > 12)]
    return float(np.median(skin[:, 0])) if len(skin) > 20 else math.nan


def judge_all(
    finder: Finder, refiner: Refiner, pictures: list[Picture], thresholds: Thresholds, directions: dict | None = None
) -> list[Judged]:
    """Answers and judges every picture; directions are judged where they are known."""
    known = directions or {}
    return [
        judged(picture, nails_of(finder, refiner, picture.pixels, thresholds), known.get(picture.name))
        for picture in pictures
    ]


def summary(results: list[Judged]) -> dict:
    """The figures over all pictures, by skin-tone tercile, by nail size, and of the directions."""
    total = pooled(results)
    toned = sorted(
        (result for result in results if not math.isnan(result.lightness)), key=lambda result: result.lightness
    )
    third = math.ceil(len(toned) / 3)
    groups = {}
    for name, start in (("darkest", 0), ("middle", third), ("lightest", 2 * third)):
        part = toned[start : start + third]
        bounds = [round(part[0].lightness, 1), round(part[-1].lightness, 1)] if part else []
        groups[name] = pooled(part).figures() | {"lightness": bounds, "pictures": len(part)}
    report = {"pictures": len(results)} | total.figures() | {"skin-tones": groups, "sizes": {}}
    pairs = [pair for result in results for pair in zip(result.sizes, result.overlaps, strict=True)]
    for lower, upper in itertools.pairwise((0, *SIZES)):
        part = [overlap for size, overlap in pairs if lower <= size < upper]
        hits = [overlap for overlap in part if overlap]
        report["sizes"][f"{lower}-{upper} px"] = {
            "nails": len(part),
            "recall": round(len(hits) / max(len(part), 1), 4),
            "iou-of-matched": round(float(np.mean(hits)) if hits else 0.0, 4),
        }
    turns = [turn for result in results for turn in result.turns]
    if turns:
        right = round(float(np.mean(np.array(turns) < 90)), 4)
        report["direction"] = {
            "nails": len(turns),
            "median-error-degrees": round(float(np.median(turns)), 1),
            "right-way": right,
        }
    return report


def pooled(results: list[Judged]) -> Tally:
    """One tally of all pictures."""
    total = Tally()
    for result in results:
        total.add(result.tally)
    return total


def false_paint(finder: Finder, refiner: Refiner, pictures: list[Picture], thresholds: Thresholds) -> dict:
    """The share of nail-free pictures on which anything at all is painted."""
    painted = [picture.name for picture in pictures if nails_of(finder, refiner, picture.pixels, thresholds)]
    return {
        "pictures": len(pictures),
        "false-paint": round(len(painted) / max(len(pictures), 1), 4),
        "painted": painted[:20],
    }


def search(finder: Finder, refiner: Refiner, pictures: list[Picture], nail_free: list[Picture]) -> Thresholds:
    """The thresholds with the best balance on the given pictures, with nails and without.

    Passes and mask threshold are chosen first. Then every weak candidate is kept once, and the other two thresholds
    only sift what was found.
    """
    best, best_value = Thresholds(), -1.0
    for passes, mask in itertools.product((1, 2), (0.4, 0.45, 0.5)):
        tried = Thresholds(mask=mask, passes=passes)
        figures = pooled(judge_all(finder, refiner, pictures, tried)).figures()
        if figures["pooled-iou"] + figures["iou-of-matched"] > best_value:
            best, best_value = tried, figures["pooled-iou"] + figures["iou-of-matched"]
    every = dataclasses.replace(best, peak=0.15, presence=0.0, sure_peak=0.0, sure_presence=0.0)
    answers = [(picture, nails_of(finder, refiner, picture.pixels, every)) for picture in pictures]
    empties = [nails_of(finder, refiner, picture.pixels, every) for picture in nail_free]
    best_value = -math.inf
    for peak, presence in itertools.product((0.16, 0.19, 0.22, 0.25, 0.3, 0.35), (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)):
        tried = dataclasses.replace(best, peak=peak, presence=presence)
        figures = pooled([judged(picture, sifted(nails, tried), None) for picture, nails in answers]).figures()
        painted = float(np.mean([bool(sifted(nails, tried)) for nails in empties]))
        # Precision counts a little more than recall: paint in the wrong place is the worse mistake.
        value = figures["pooled-iou"] + figures["recall"] + 1.2 * figures["precision"] - painted
        if value > best_value:
            best, best_value = tried, value
    return best


def sifted(nails: list[Nail], thresholds: Thresholds) -> list[Nail]:
    """The nails that these thresholds let through."""
    kept = [
        nail
        for nail in nails
        if nail.presence >= thresholds.presence
        and nail.found.probability >= (thresholds.close_up_peak if nail.found.share >= CLOSE_UP else thresholds.peak)
    ]
    return kept if any(sure(nail, thresholds) for nail in kept) else []


def milliseconds(name: str, network: Finder | Refiner) -> float:
    """The median time of one picture, or one crop, on one core."""
    inputs, times = example(name), []
    with torch.no_grad():
        for _ in range(30):
            start = time.perf_counter()
            network(inputs)
            times.append(time.perf_counter() - start)
    return round(float(np.median(times[5:])) * 1000 / len(inputs), 2)


def main() -> None:
    """Evaluates and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the pictures")
    parser.add_argument("--weights", type=Path, default=RESOURCES, help="folder of finder.pt and refiner.pt")
    parser.add_argument("--directions", type=Path, help="directions.json of teacher.py, to judge directions by")
    parser.add_argument("--search", action="store_true", help="choose the thresholds on the development pictures first")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    finder, refiner = (torch.jit.load(str(arguments.weights / f"{name}.pt")) for name in ("finder", "refiner"))
    split = read_split(arguments.data)
    thresholds = search(finder, refiner, split.development, split.negatives[::8]) if arguments.search else Thresholds()
    directions = json.loads(arguments.directions.read_text()) if arguments.directions else None
    report = {
        "thresholds": dataclasses.asdict(thresholds),
        "milliseconds": {
            "finder": milliseconds("finder", finder),
            "refiner-per-crop": milliseconds("refiner", refiner),
        },
        "valid": summary(judge_all(finder, refiner, split.valid, thresholds, directions)),
        "plain-hands": summary(judge_all(finder, refiner, split.plain, thresholds, directions)),
        "nail-free": false_paint(finder, refiner, split.nail_free, thresholds),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
