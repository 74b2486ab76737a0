"""The two networks of the nails engine: a finder for the whole picture and a refiner for one nail.

Both are small residual U-Nets of plain convolutions. Depthwise convolutions would save arithmetic but not time: on a
CPU without a fused kernel they are bound by memory, so dense convolutions with few channels are the faster choice.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

#: Pixels of the finder's input for each cell of its output.
FINDER_STRIDE = 4
#: Width and height of the refiner's crop in pixels.
CROP_SIDE = 96
#: Side of the refiner's crop in nail sizes.
CROP_SIZES = 1.8
#: The nail sizes, in input pixels, that the finder's size head is centred on.
TYPICAL_SIZE = 24.0


def convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """A 3x3 convolution with batch normalisation, which freezing folds into the convolution, and a ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input is added again."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, features: Tensor) -> Tensor:
        """The features, changed but of the same shape."""
        return functional.relu(features + self.second(self.first(features)))


class Merge(nn.Module):
    """Brings coarse features up to a finer level and joins them with that level's own features."""

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.narrow = nn.Sequential(nn.Conv2d(coarse, fine, 1, bias=False), nn.BatchNorm2d(fine))
        self.blend = convolution(fine, fine)

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        """The joined features, of the finer shape."""
        # The narrow product is computed before the enlargement: a quarter of the work.
        enlarged = functional.interpolate(self.narrow(coarse), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.blend(functional.relu(enlarged + fine))


class Finder(nn.Module):
    """Finds nails in a whole picture.

    Input: float32[1][3][H][W], RGB 0..1, H and W multiples of 32.
    Output: float32[1][3][H/4][W/4]: centre probability, nail size in input pixels, nail mask probability.
    """

    def __init__(self, channels: tuple[int, int, int, int, int] = (16, 32, 48, 72, 112)) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth, deepest = channels
        self.stem = nn.Sequential(convolution(3, half, 2), convolution(half, quarter, 2))
        self.at_quarter = Residual(quarter)
        self.at_eighth = nn.Sequential(convolution(quarter, eighth, 2), Residual(eighth), Residual(eighth))
        self.at_sixteenth = nn.Sequential(convolution(eighth, sixteenth, 2), Residual(sixteenth), Residual(sixteenth))
        self.at_deepest = nn.Sequential(convolution(sixteenth, deepest, 2), Residual(deepest))
        self.to_sixteenth = Merge(deepest, sixteenth)
        self.to_eighth = Merge(sixteenth, eighth)
        self.to_quarter = Merge(eighth, quarter)
        self.head = nn.Sequential(convolution(quarter, quarter), nn.Conv2d(quarter, 3, 1))
        # Nails are rare: the centre head starts at a low probability, or the first steps only learn "nothing here".
        with torch.no_grad():
            self.head[1].bias.copy_(torch.tensor([-4.0, 0.0, -3.0]))

    def raw(self, picture: Tensor) -> Tensor:
        """The logits that training works on: centre, natural logarithm of size over TYPICAL_SIZE, mask."""
        quarter = self.at_quarter(self.stem((picture - 0.5) * 4.0))
        eighth = self.at_eighth(quarter)
        sixteenth = self.at_sixteenth(eighth)
        merged = self.to_sixteenth(self.at_deepest(sixteenth), sixteenth)
        merged = self.to_eighth(merged, eighth)
        return self.head(self.to_quarter(merged, quarter))

    def forward(self, picture: Tensor) -> Tensor:
        """The answers of the class comment."""
        centre, size, mask = self.raw(picture).split(1, dim=1)
        # The clamp keeps an untrained cell from overflowing: exp(±4) spans 0.4 to 1,300 pixels.
        pixels = torch.exp(size.clamp(-4.0, 4.0) + math.log(TYPICAL_SIZE))
        return torch.cat((torch.sigmoid(centre), pixels, torch.sigmoid(mask)), dim=1).contiguous()


class Refiner(nn.Module):
    """Outlines the one nail at the middle of a crop and says which way it points.

    Input: float32[N][3][96][96], RGB 0..1.
    Output: mask float32[N][1][96][96], the probability of each pixel; facts float32[N][3], the probability that a nail
    is there at all, then (cos, sin) of the direction from cuticle to tip, x to the right and y down.
    """

    def __init__(self, channels: tuple[int, int, int, int] = (16, 32, 48, 64)) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth = channels
        self.at_half = convolution(3, half, 2)
        self.at_quarter = nn.Sequential(convolution(half, quarter, 2), Residual(quarter))
        self.at_eighth = nn.Sequential(convolution(quarter, eighth, 2), Residual(eighth))
        self.at_sixteenth = nn.Sequential(convolution(eighth, sixteenth, 2), Residual(sixteenth))
        self.to_eighth = Merge(sixteenth, eighth)
        self.to_quarter = Merge(eighth, quarter)
        self.to_half = Merge(quarter, half)
        # Four values for each half-resolution cell become its four pixels: no convolution runs at full resolution.
        self.outline = nn.Conv2d(half, 4, 3, 1, 1)
        cells = (CROP_SIDE // 16) ** 2
        # Flattened instead of averaged: the direction lies in where things are, which an average forgets.
        self.facts = nn.Sequential(
            nn.Conv2d(sixteenth, 16, 1), nn.ReLU(), nn.Flatten(), nn.Linear(16 * cells, 48), nn.ReLU(), nn.Linear(48, 3)
        )

    def raw(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """The mask's logits, and the logit of presence with the direction not yet normalised."""
        half = self.at_half((crops - 0.5) * 4.0)
        quarter = self.at_quarter(half)
        eighth = self.at_eighth(quarter)
        sixteenth = self.at_sixteenth(eighth)
        merged = self.to_eighth(sixteenth, eighth)
        merged = self.to_quarter(merged, quarter)
        merged = self.to_half(merged, half)
        return functional.pixel_shuffle(self.outline(merged), 2), self.facts(sixteenth)

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """The answers of the class comment."""
        mask, facts = self.raw(crops)
        direction = functional.normalize(facts[:, 1:3], dim=1)
        return torch.sigmoid(mask).contiguous(), torch.cat((torch.sigmoid(facts[:, 0:1]), direction), dim=1)


def build(name: str) -> Finder | Refiner:
    """The network of that name, "finder" or "refiner", with fresh weights."""
    return {"finder": Finder, "refiner": Refiner}[name]()


def example(name: str) -> Tensor:
    """An input of the right shape, to trace or to time the network with."""
    return torch.rand(1, 3, 416, 320) if name == "finder" else torch.rand(5, 3, CROP_SIDE, CROP_SIDE)
