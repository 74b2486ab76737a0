"""What is usually done with a photo of cloth, for the fabric benchmark to compare with.

Perspective by the largest contour, CLAHE on lightness, a cross-fade of the edges, normals by Sobel, roughness by
local contrast. Prints a line of JSON a photo: corners and milliseconds for the maps, without reading and writing.

usage: usual_way.py OUT PHOTO...
"""

import json
import os
import sys
import time

import cv2
import numpy as np

SIDE = 1024
FADE = SIDE // 8


def corners_of(photo):
    grey = cv2.GaussianBlur(cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    height, width = grey.shape
    whole = np.float32([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]])
    if not contours:
        return whole
    largest = max(contours, key=cv2.contourArea)
    outline = cv2.approxPolyDP(largest, 0.02 * cv2.arcLength(largest, True), True).reshape(-1, 2).astype(np.float32)
    if len(outline) != 4:
        return whole
    sums, differences = outline.sum(1), outline[:, 0] - outline[:, 1]
    return np.float32([outline[k] for k in (sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin())])


def maps_of(photo):
    corners = corners_of(photo)
    square = np.float32([[0, 0], [SIDE - 1, 0], [SIDE - 1, SIDE - 1], [0, SIDE - 1]])
    base = cv2.warpPerspective(photo, cv2.getPerspectiveTransform(corners, square), (SIDE, SIDE))
    lab = cv2.cvtColor(base, cv2.COLOR_BGR2LAB)
    lab[..., 0] = cv2.createCLAHE(2.0, (8, 8)).apply(lab[..., 0])
    base = cv2.cvtColor(lab, cv2.COLOR_LAB2BGR).astype(np.float32)
    ramp = np.linspace(0.5, 1, FADE, dtype=np.float32)
    for axis in (0, 1):
        base = np.moveaxis(base, axis, 0)
        weight = ramp[:, None, None]
        first, last = base[:FADE].copy(), base[-FADE:][::-1].copy()
        base[:FADE] = weight * first + (1 - weight) * last
        base[-FADE:] = (weight * last + (1 - weight) * first)[::-1]
        base = np.moveaxis(base, 0, axis)
    base = np.ascontiguousarray(base.clip(0, 255).astype(np.uint8))
    grey = cv2.cvtColor(base, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    normal = np.dstack([np.ones_like(grey), down, -across])
    normal = (normal / np.linalg.norm(normal, axis=2, keepdims=True) + 1) * 127.5
    mean = cv2.blur(grey, (9, 9))
    contrast = np.sqrt(np.maximum(cv2.blur(grey * grey, (9, 9)) - mean * mean, 0))
    roughness = (255 * (0.5 + 2 * contrast)).clip(0, 255)
    return corners, base, normal.astype(np.uint8), roughness.astype(np.uint8)


def main():
    cv2.setNumThreads(1)
    out, *photos = sys.argv[1:]
    maps_of(cv2.imread(photos[0]))
    for number, name in enumerate(photos):
        photo = cv2.imread(name)
        start = time.process_time()
        corners, base, normal, roughness = maps_of(photo)
        millis = 1000 * (time.process_time() - start)
        folder = os.path.join(out, str(number))
        os.makedirs(folder)
        for title, picture in (("basecolor", base), ("normal", normal), ("roughness", roughness)):
            cv2.imwrite(os.path.join(folder, title + ".png"), picture)
        print(json.dumps({"corners": [float(v) for v in corners.ravel()], "millis": millis}))


if __name__ == "__main__":
    main()
