"""Trains one network: ``python train.py finder`` or ``python train.py refiner``; run again, it goes on where it was.

Keeps ``<network>.pth`` (to go on from) and ``<network>-best.pth`` (to export) in the folder of runs, and exports every
improvement on the development pictures at once.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from crops import CropMaker, Peak
from data import DEFAULT_DATA, DEFAULT_RUNS, Split, read_split
from export import RESOURCES, export
from networks import Finder, Refiner, build
from pipeline import Found, crop_score, finder_score
from windows import WINDOW_SIDES, WindowMaker

#: Examples a step; a step is a second or less on one core.
BATCH = {"finder": 16, "refiner": 48}
#: Highest learning rate, reached after the warm-up.
RATE = {"finder": 2.5e-3, "refiner": 2.5e-3}
WARM_UP = 0.03
#: Decay of the moving average of the weights, which is what is judged and exported.
AVERAGE = 0.998


@dataclass
class Progress:
    """How far a training has come."""

    step: int = 0
    seconds: float = 0.0
    best: float = -1.0


def finder_batches(split: Split, seed: int, turn: list[float]) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless batches of windows, uint8[N][3][S][S], with their targets."""
    maker = WindowMaker(split.training, split.negatives, np.random.default_rng(seed))
    for number in itertools.count():
        side = max(WINDOW_SIDES) if number % 3 == 0 else min(WINDOW_SIDES)
        # As many windows as make up the same number of pixels.
        count = round(BATCH["finder"] * (min(WINDOW_SIDES) / side) ** 2)
        windows = [maker.make(side, turn[0]) for _ in range(count)]
        pictures = np.stack([window.pixels for window in windows]).transpose(0, 3, 1, 2)
        yield torch.from_numpy(np.ascontiguousarray(pictures)), torch.from_numpy(np.stack([w.targets for w in windows]))


def refiner_batches(split: Split, seed: int, turn: list[float], runs: Path) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Endless batches of crops, uint8[N][3][96][96], with their masks and facts."""
    directions = read_json(runs / "directions.json", {})
    indices = {picture.name: index for index, picture in enumerate(split.training + split.negatives)}
    found = read_json(runs / "false-peaks.json", [])
    peaks = [Peak(indices[name], (x, y), size) for name, x, y, size in found if name in indices]
    print(f"directions of {len(directions)} pictures, {len(peaks)} false peaks", flush=True)
    maker = CropMaker(split.training, split.negatives, directions, peaks, np.random.default_rng(seed))
    while True:
        crops = [maker.make(turn[0]) for _ in range(BATCH["refiner"])]
        pictures = np.stack([crop.pixels for crop in crops]).transpose(0, 3, 1, 2)
        masks, facts = np.stack([crop.mask for crop in crops]), np.stack([crop.facts for crop in crops])
        yield torch.from_numpy(np.ascontiguousarray(pictures)), torch.from_numpy(masks), torch.from_numpy(facts)


def read_json(path: Path, otherwise: dict | list) -> dict | list:
    """The file's content, or the other value where no such file was made yet."""
    return json.loads(path.read_text()) if path.exists() else otherwise


def overlap_loss(probabilities: Tensor, truth: Tensor) -> Tensor:
    """One minus the soft Dice overlap, pooled over the batch's pixels."""
    return 1 - (2 * (probabilities * truth).sum() + 1) / (probabilities.sum() + truth.sum() + 1)


def finder_loss(raw: Tensor, targets: Tensor) -> Tensor:
    """How far the finder's answer is from the targets.

    CenterNet's penalty-reduced focal loss (arXiv 1904.07850) for centres, smooth L1 for the logarithms of sizes,
    entropy and Dice for the mask.
    """
    raw = raw.float()
    heat, weight, size, size_weight, mask = targets.unbind(1)
    log_here, log_not = functional.logsigmoid(raw[:, 0]), functional.logsigmoid(-raw[:, 0])
    here = torch.sigmoid(raw[:, 0])
    peaks = (heat >= 0.999).float()
    focal = peaks * (1 - here) ** 2 * log_here + (1 - peaks) * weight * (1 - heat) ** 4 * here**2 * log_not
    centre = -focal.sum() / peaks.sum().clamp(min=8)
    sizes = (size_weight * functional.smooth_l1_loss(raw[:, 1], size, reduction="none", beta=0.1)).sum()
    entropy = functional.binary_cross_entropy_with_logits(raw[:, 2], mask)
    return (
        centre
        + sizes / size_weight.sum().clamp(min=8)
        + 2 * entropy
        + 0.5 * overlap_loss(torch.sigmoid(raw[:, 2]), mask)
    )


def refiner_loss(raw: tuple[Tensor, Tensor], masks: Tensor, facts: Tensor) -> Tensor:
    """How far the refiner's answer is from the truth.

    Entropy and Dice for the outline, entropy for presence, one minus the cosine for the direction where it is known.
    """
    mask, answer = raw[0].float().squeeze(1), raw[1].float()
    present, known = facts[:, 0], facts[:, 3]
    entropy = functional.binary_cross_entropy_with_logits(mask, masks, reduction="none").mean((1, 2))
    # An empty crop only needs its presence right; its outline is never used, so it hardly counts.
    outline = (entropy * (0.1 + 0.9 * present)).mean()
    chosen = torch.sigmoid(mask) * present[:, None, None]
    presence = functional.binary_cross_entropy_with_logits(answer[:, 0], present)
    cosine = (functional.normalize(answer[:, 1:3], dim=1) * facts[:, 1:3]).sum(1)
    direction = (known * (1 - cosine)).sum() / known.sum().clamp(min=4)
    return 2 * outline + overlap_loss(chosen, masks) + 0.3 * presence + 0.3 * direction


def rate(name: str, progress: float) -> float:
    """The learning rate after this share of the training: a short warm-up, then half a cosine."""
    if progress < WARM_UP:
        return RATE[name] * (0.05 + 0.95 * progress / WARM_UP)
    return RATE[name] * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def follow(average: nn.Module, network: nn.Module, step: int) -> None:
    """Moves the averaged weights a little towards the trained ones."""
    decay = min(AVERAGE, (1 + step) / (10 + step))
    with torch.no_grad():
        for kept, fresh in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(fresh, 1 - decay)
            else:
                kept.copy_(fresh)


def save(path: Path, content: dict) -> None:
    """Writes a checkpoint in one step, so that a stop in the middle costs nothing."""
    unfinished = path.with_suffix(".part")
    torch.save(content, unfinished)
    unfinished.replace(path)


def train(name: str, arguments: argparse.Namespace) -> None:
    """Trains until the minutes are used up; the learning rate follows the clock, so a busy machine only shortens it."""
    split = read_split(arguments.data)
    print({part: len(pictures) for part, pictures in vars(split).items()}, flush=True)
    network = build(name).to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), RATE[name], weight_decay=0.02)
    progress = Progress()
    place = arguments.runs / f"{name}.pth"
    if place.exists():
        kept = torch.load(place, weights_only=True)
        network.load_state_dict(kept["network"])
        average.load_state_dict(kept["average"])
        optimizer.load_state_dict(kept["optimizer"])
        progress = Progress(**kept["progress"])
    turn = [25.0]
    if name == "finder":
        batches = finder_batches(split, progress.step, turn)
    else:
        batches = refiner_batches(split, progress.step, turn, arguments.runs)

    earlier, started, judged, losses = progress.seconds, time.monotonic(), progress.seconds, []
    while progress.seconds < arguments.minutes * 60:
        share = progress.seconds / (arguments.minutes * 60)
        # Full turns only once the upright case is learnt; crops are easy enough to turn from the start.
        turn[0] = 25 + 155 * min(1.0, max(0.0, (share - 0.1) / 0.3)) if name == "finder" else 180.0
        for group in optimizer.param_groups:
            group["lr"] = rate(name, share)
        losses.append(step_once(name, network, optimizer, next(batches)))
        progress.step += 1
        follow(average, network, progress.step)
        progress.seconds = earlier + time.monotonic() - started
        if progress.seconds - judged > arguments.judge_minutes * 60 or progress.seconds >= arguments.minutes * 60:
            judged = progress.seconds
            judge(name, average, split, progress, arguments)
            print(f"{time.strftime('%H:%M:%S')} step {progress.step} loss {np.mean(losses):.4f}", flush=True)
            losses.clear()
            state = {"network": network.state_dict(), "average": average.state_dict()}
            save(place, state | {"optimizer": optimizer.state_dict(), "progress": vars(progress)})


def step_once(
    name: str, network: Finder | Refiner, optimizer: torch.optim.Optimizer, batch: tuple[Tensor, ...]
) -> float:
    """One step of gradient descent; the loss before it."""
    pictures = (batch[0].float() / 255).to(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        raw = network.raw(pictures)
    loss = finder_loss(raw, *batch[1:]) if name == "finder" else refiner_loss(raw, *batch[1:])
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimizer.step()
    return loss.item()


def judge(
    name: str, average: Finder | Refiner, split: Split, progress: Progress, arguments: argparse.Namespace
) -> None:
    """Scores the averaged weights on the development pictures; keeps and exports them if they are the best so far."""
    if name == "finder":
        figures = finder_score(average, split.development)
    else:
        false_peaks: dict[str, list[Found]] = {}
        for picture, x, y, size in read_json(arguments.runs / "false-peaks.json", []):
            false_peaks.setdefault(picture, []).append(Found((x, y), size, 0.0))
        figures = crop_score(average, split.development, false_peaks)
    score = figures["score"]
    print(json.dumps({key: round(value, 4) for key, value in figures.items()}), flush=True)
    if score > progress.best:
        progress.best = score
        content = {"weights": average.state_dict(), "step": progress.step, "score": score}
        save(arguments.runs / f"{name}-best.pth", content)
        export(name, copy.deepcopy(average), arguments.to)


def main() -> None:
    """Reads the command line and trains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=("finder", "refiner"))
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the pictures")
    parser.add_argument("--runs", type=Path, default=DEFAULT_RUNS, help="folder of the checkpoints")
    parser.add_argument("--to", type=Path, default=RESOURCES, help="folder to export to (default: the plugin's)")
    parser.add_argument("--minutes", type=float, default=100, help="length of the whole training (default: 100)")
    parser.add_argument("--judge-minutes", type=float, default=5, help="time between evaluations (default: 5)")
    parser.add_argument("--threads", type=int, default=1, help="processor cores to use (default: 1)")
    arguments = parser.parse_args()
    arguments.runs.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    cv2.setNumThreads(1)
    train(arguments.network, arguments)


if __name__ == "__main__":
    main()
