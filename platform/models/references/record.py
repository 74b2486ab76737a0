"""Records what LiteRT makes of inputs that a formula gives, for the importer's tests and for people.

    python record.py FOLDER_OF_TFLITE_FILES > ../src/test/resources/dev/tryon/models/references.txt

Needs ai-edge-litert 2.3.0 and NumPy, nothing of the project. LiteRT runs every file through XNNPACK, which knows MediaPipe's
three custom operators too; its reference kernels, which do not, run what they can beside it. A line of the result is an output:
file, picture, index, count of numbers, the largest difference between LiteRT's own two ways, the largest magnitude, mean and
mean magnitude of all, then numbers at places that the same formula chooses, then as many sums: each of one part of the
numbers, weighted by the formula, so that every number counts. Tensors of four axes have their channels second, as the
import has them.
"""

import pathlib
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

SAMPLES = 64


def mixed(count: int) -> np.ndarray:
    """The first numbers of a sequence in 0 <= x < 1: the finaliser of MurmurHash3 over multiples of the golden ratio."""
    wrap = np.uint64(0xFFFFFFFF)
    bits = np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B1) & wrap
    bits = (bits ^ bits >> np.uint64(16)) * np.uint64(0x85EBCA6B) & wrap
    bits = (bits ^ bits >> np.uint64(13)) * np.uint64(0xC2B2AE35) & wrap
    bits ^= bits >> np.uint64(16)
    return ((bits >> np.uint64(8)).astype(np.float64) / (1 << 24)).astype(np.float32)


def waves(channel, x, y, height, width) -> np.ndarray:
    """Slow triangle waves, in 256ths."""
    return np.abs((3 * x + 5 * y + 40 * channel) % 256 - 128) * 3 // 2


def person(channel, x, y, height, width) -> np.ndarray:
    """Somebody before a wall, in 256ths: what looks for people finds one, so that its outputs are of some size."""
    x = (2 * x + 1) * 128 // width - 128
    y = (2 * y + 1) * 128 // height - 128
    eye = np.abs(x) - 17
    parts = [
        (4 * x * x + 3 * (y - 120) ** 2 <= 40000, (40, 60, 120)),  # shoulders
        ((np.abs(x) < 20) & (np.abs(y - 15) < 25), (190, 140, 115)),  # neck
        (4 * x * x + 3 * (y + 45) ** 2 <= 11025, (45, 30, 25)),  # hair
        (5 * x * x + 3 * (y + 30) ** 2 <= 8100, (215, 165, 140)),  # face
        (eye * eye + 4 * (y + 40) ** 2 <= 64, (50, 35, 30)),
        (x * x + 9 * (y - 3) ** 2 <= 200, (170, 80, 80)),  # mouth
        ((np.abs(x) < 4) & (np.abs(y + 20) < 12), (185, 135, 110)),  # nose
    ]
    shade = np.full_like(x, 96)
    for inside, colour in parts:
        shade = np.where(inside, np.choose(np.minimum(channel, 2), colour), shade)
    return shade


PICTURES = {"waves": waves, "person": person}


def picture(kind: str, shape) -> np.ndarray:
    """A picture with a little of the sequence over it, 0 <= x < 1, in the file's order."""
    place = np.arange(int(np.prod(shape)), dtype=np.int64)
    channel = place % shape[3]
    x = place // shape[3] % shape[2]
    y = place // shape[3] // shape[2]
    shade = PICTURES[kind](channel, x, y, int(shape[1]), int(shape[2])).astype(np.float32) / np.float32(256)
    return (shade + mixed(place.size) * np.float32(0.125)).reshape(shape)


def run(file: pathlib.Path, seen: str, kind: OpResolverType) -> list[np.ndarray]:
    interpreter = Interpreter(str(file), num_threads=1, experimental_op_resolver_type=kind)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]
    interpreter.set_tensor(given["index"], picture(seen, given["shape"]))
    interpreter.invoke()
    outputs = [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]
    outputs = [numbers.transpose(0, 3, 1, 2) if numbers.ndim == 4 else numbers for numbers in outputs]
    return [numbers.reshape(-1).astype(np.float64) for numbers in outputs]


def parts(numbers: np.ndarray) -> list[float]:
    """Weighted sums over the numbers' parts, nought for parts without any."""
    weighted = numbers * mixed(numbers.size).astype(np.float64)
    bounds = np.arange(SAMPLES + 1) * numbers.size // SAMPLES
    return [weighted[begin:end].sum() for begin, end in zip(bounds, bounds[1:])]


def line(numbers: np.ndarray, other: np.ndarray) -> str:
    places = (mixed(SAMPLES).astype(np.float64) * numbers.size).astype(np.int64)
    apart = np.abs(numbers - other).max()
    figures = [np.abs(numbers).max(), numbers.mean(), np.abs(numbers).mean(), *numbers[places], *parts(numbers)]
    return f"{numbers.size} {apart:.2g} " + " ".join(f"{figure:.8g}" for figure in figures)


def main() -> None:
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*.tflite")):
        for seen in PICTURES:
            outputs = run(file, seen, OpResolverType.AUTO)
            try:
                others = run(file, seen, OpResolverType.BUILTIN_REF)
            except RuntimeError:
                others = outputs
            for index, (numbers, other) in enumerate(zip(outputs, others)):
                print(file.name, seen, index, line(numbers, other))


main()
