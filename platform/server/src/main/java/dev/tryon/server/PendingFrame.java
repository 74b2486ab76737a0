package dev.tryon.server;

/**
 * A frame that waits to be served.
 *
 * @param receivedNanos when its last byte came, monotonic
 * @param answers the writer of the connection that it came on
 * @param client what that connection's client can show
 */
record PendingFrame(FrameMessage.Picture picture, long receivedNanos, AnswerWriter answers, ClientView client) {}
