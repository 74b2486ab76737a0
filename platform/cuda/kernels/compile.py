#!/usr/bin/env python3
"""Compiles every kernel here to the PTX text that the module ships.

Needs NVIDIA's run-time compiler: `pip install nvidia-cuda-nvrtc-cu12`, or a CUDA installation whose libnvrtc the loader
finds, or its path in NVRTC. Where ptxas is found (PTXAS or the PATH) the text is assembled as well.
"""

import ctypes
import ctypes.util
import hashlib
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys

KERNELS = pathlib.Path(__file__).resolve().parent
RESOURCES = KERNELS.parent / "src/main/resources/dev/tryon/cuda"

# Volta, the oldest that PyTorch's CUDA 12 builds run on; newer devices' drivers compile the same text for themselves.
TARGET = "compute_70"
# The compiler names its own newest PTX version, which older drivers refuse. The text uses nothing newer than this one,
# which ptxas confirms, and every driver from CUDA 11.0 on takes it.
PTX_VERSION = "7.0"
ASSEMBLED_FOR = ("sm_70", "sm_80", "sm_90")


def nvrtc() -> ctypes.CDLL:
    named = os.environ.get("NVRTC")
    if named:
        return ctypes.CDLL(named)
    if importlib.util.find_spec("nvidia") and importlib.util.find_spec("nvidia.cuda_nvrtc"):
        for folder in importlib.util.find_spec("nvidia.cuda_nvrtc").submodule_search_locations:
            for library in pathlib.Path(folder, "lib").glob("libnvrtc.so*"):
                return ctypes.CDLL(str(library))
    found = ctypes.util.find_library("nvrtc")
    if not found:
        sys.exit("compile.py: no libnvrtc: pip install nvidia-cuda-nvrtc-cu12, or name it in NVRTC")
    return ctypes.CDLL(found)


def compiled(library: ctypes.CDLL, name: str, source: bytes) -> str:
    program = ctypes.c_void_p()
    if library.nvrtcCreateProgram(ctypes.byref(program), source, name.encode(), 0, None, None):
        sys.exit(f"compile.py: {name}: nvrtcCreateProgram failed")
    options = [f"--gpu-architecture={TARGET}".encode(), b"--fmad=false"]
    failed = library.nvrtcCompileProgram(program, len(options), (ctypes.c_char_p * len(options))(*options))
    size = ctypes.c_size_t()
    library.nvrtcGetProgramLogSize(program, ctypes.byref(size))
    log = ctypes.create_string_buffer(size.value)
    library.nvrtcGetProgramLog(program, log)
    if log.value:
        print(log.value.decode(), file=sys.stderr)
    if failed:
        sys.exit(f"compile.py: {name} does not compile")
    library.nvrtcGetPTXSize(program, ctypes.byref(size))
    text = ctypes.create_string_buffer(size.value)
    library.nvrtcGetPTX(program, text)
    return text.value.decode()


def main() -> None:
    library = nvrtc()
    ptxas = os.environ.get("PTXAS") or shutil.which("ptxas")
    for source in sorted(KERNELS.glob("*.cu")):
        text = compiled(library, source.name, source.read_bytes())
        body = text[text.index(".version") :]
        body = re.sub(r"^\.version .*$", f".version {PTX_VERSION}", body, count=1, flags=re.MULTILINE)
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        target = RESOURCES / f"{source.stem}.ptx"
        target.write_text(f"// Made by kernels/compile.py from {source.name}, sha256 {digest}\n\n{body.rstrip()}\n")
        print(f"{source.name} -> {target.name}")
        for architecture in ASSEMBLED_FOR if ptxas else ():
            subprocess.run([ptxas, f"-arch={architecture}", "-v", "-o", os.devnull, str(target)], check=True)


if __name__ == "__main__":
    main()
