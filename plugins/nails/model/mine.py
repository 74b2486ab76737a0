"""Collects the finder's false peaks for the refiner to learn from: ``python mine.py``.

The refiner's presence is what keeps paint off things that only look like nails to the finder. Random places are too
easy to learn that from; the finder's own mistakes on the training pictures are not.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import torch

from data import DEFAULT_DATA, DEFAULT_RUNS, read_split
from export import RESOURCES
from pipeline import Thresholds, find

#: Peaks down to this probability are collected, below what the engine uses: the finder goes on changing.
LOWEST = 0.12
#: On a labelled picture, a peak surer than this is more likely a nail that nobody labelled.
UNLABELLED = 0.6
#: A peak this close to a nail, in shares of the peak's size, is inexact rather than false.
NEAR = 0.3


def main() -> None:
    """Writes false-peaks.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the pictures")
    parser.add_argument("--weights", type=Path, default=RESOURCES, help="folder of finder.pt")
    parser.add_argument("--runs", type=Path, default=DEFAULT_RUNS, help="folder to write false-peaks.json to")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    finder = torch.jit.load(str(arguments.weights / "finder.pt"))
    split = read_split(arguments.data)
    false_peaks = []
    pictures = {picture.name: picture for picture in split.training + split.negatives + split.development}
    for picture in pictures.values():
        for place in find(finder, picture.pixels, Thresholds(peak=LOWEST, close_up_peak=LOWEST)):
            if picture.polygons and place.probability > UNLABELLED:
                continue
            gaps = (-cv2.pointPolygonTest(polygon, place.centre, True) for polygon in picture.polygons)
            if all(gap > NEAR * place.size for gap in gaps):
                false_peaks.append((picture.name, *place.centre, place.size))
    (arguments.runs / "false-peaks.json").write_text(json.dumps(false_peaks))
    print(f"{len(false_peaks)} false peaks")


if __name__ == "__main__":
    main()
