"""Random changes that pictures go through in training."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.random import Generator


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
        gamma, contrast, shift = (
            math.exp(random.normal(0, 0.25)),
            math.exp(random.normal(0, 0.15)),
            random.normal(0, 0.06),
        )
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
