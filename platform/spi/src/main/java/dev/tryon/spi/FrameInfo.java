package dev.tryon.spi;

import java.time.Duration;

/**
 * Where a frame stands in its stream.
 *
 * @param sequence the client's number, growing
 * @param capturedAt on the camera's clock, whose zero means nothing: for the time between frames
 */
public record FrameInfo(long sequence, Duration capturedAt) {}
