"""Records what LiteRT makes of inputs that a formula gives, for the importer's tests and for people.

    python record.py FOLDER_OF_TFLITE_FILES > ../src/test/resources/dev/tryon/models/references.txt

Needs ai-edge-litert 2.3.0 and NumPy, nothing of the project. LiteRT runs every file through XNNPACK, which knows MediaPipe's
three custom operators too; its reference kernels, which do not, run what they can beside it. A line of the result is an output:
file, index, count of numbers, the largest difference between LiteRT's own two ways, mean and mean magnitude of all, then
numbers at places that the same formula chooses. Tensors of four axes have their channels second, as the import has them.
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


def picture(shape) -> np.ndarray:
    """Slow triangle waves with a little of the sequence over them, 0..1, in the file's order."""
    place = np.arange(int(np.prod(shape)), dtype=np.int64)
    channel = place % shape[3]
    x = place // shape[3] % shape[2]
    y = place // shape[3] // shape[2]
    wave = np.abs((3 * x + 5 * y + 40 * channel) % 256 - 128).astype(np.float32) / np.float32(128)
    return (wave * np.float32(0.75) + mixed(place.size) * np.float32(0.25)).reshape(shape)


def run(file: pathlib.Path, kind: OpResolverType) -> list[np.ndarray]:
    interpreter = Interpreter(str(file), num_threads=1, experimental_op_resolver_type=kind)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]
    interpreter.set_tensor(given["index"], picture(given["shape"]))
    interpreter.invoke()
    outputs = [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]
    outputs = [numbers.transpose(0, 3, 1, 2) if numbers.ndim == 4 else numbers for numbers in outputs]
    return [numbers.reshape(-1).astype(np.float64) for numbers in outputs]


def main() -> None:
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*.tflite")):
        outputs = run(file, OpResolverType.AUTO)
        try:
            others = run(file, OpResolverType.BUILTIN_REF)
        except RuntimeError:
            others = outputs
        for index, (numbers, other) in enumerate(zip(outputs, others)):
            places = (mixed(SAMPLES).astype(np.float64) * numbers.size).astype(np.int64)
            samples = " ".join(f"{numbers[place]:.8g}" for place in places)
            apart = np.abs(numbers - other).max()
            print(file.name, index, numbers.size, f"{apart:.2g} {numbers.mean():.8g} {np.abs(numbers).mean():.8g}", samples)


main()
