"""Exports trained weights as frozen TorchScript: ``python export.py``.

The files load in libtorch 2.7 and later. The finder takes any height and width that are multiples of 32, the refiner
any number of crops.
"""

from __future__ import annotations

import argparse
import os
import zipfile
from pathlib import Path

import torch

from data import DEFAULT_RUNS
from networks import Finder, Refiner, build, example

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/dev/tryon/nails"


def export(name: str, network: Finder | Refiner, folder: Path = RESOURCES) -> Path:
    """Traces, freezes and checks one network, then puts its file in place in one step.

    A reader never sees half a file: it is written beside its place under another name and renamed.
    """
    # Weights with channels last make every layer run that way, a quarter faster on a CPU, whatever the input's layout.
    network = network.eval().float().to(memory_format=torch.channels_last)
    with torch.no_grad():
        frozen = torch.jit.freeze(torch.jit.trace(network, example(name), check_trace=False))
        check(name, network, frozen)
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{name}.pt"
    unfinished = folder / f".{name}.pt.{os.getpid()}"
    frozen.save(str(unfinished))
    strip(unfinished)
    with torch.no_grad():
        check(name, network, torch.jit.load(str(unfinished)))
    unfinished.replace(place)
    return place


def strip(place: Path) -> None:
    """Leaves the debugging records out, which hold the paths of the machine that exported."""
    with zipfile.ZipFile(place) as archive:
        records = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    writer = torch._C.PyTorchFileWriter(str(place))
    for name, content in records.items():
        # The writer itself adds the version and the hidden records.
        if not name.endswith(".debug_pkl") and not name.startswith(".data/") and name not in ("version", "byteorder"):
            writer.write_record(name, content, len(content))
    writer.write_end_of_file()


def check(name: str, network: Finder | Refiner, frozen: torch.jit.ScriptModule) -> None:
    """Fails if the frozen network differs from the original, also at shapes other than the traced one."""
    shapes = [(1, 3, 416, 416), (1, 3, 96, 608)] if name == "finder" else [(1, 3, 96, 96), (11, 3, 96, 96)]
    for shape in shapes:
        crops = torch.rand(shape)
        torch.testing.assert_close(frozen(crops), network(crops), atol=2e-3, rtol=1e-3)


def main() -> None:
    """Exports the best checkpoints of both networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=Path, default=DEFAULT_RUNS, help="folder of the checkpoints")
    parser.add_argument("--to", type=Path, default=RESOURCES, help="folder to export to (default: the plugin's)")
    arguments = parser.parse_args()
    for name in ("finder", "refiner"):
        network = build(name)
        checkpoint = torch.load(arguments.runs / f"{name}-best.pth", map_location="cpu", weights_only=True)
        network.load_state_dict(checkpoint["weights"])
        place = export(name, network, arguments.to)
        print(
            f"{place} {place.stat().st_size / 1e6:.2f} MB, step {checkpoint['step']}, score {checkpoint['score']:.4f}"
        )


if __name__ == "__main__":
    main()
