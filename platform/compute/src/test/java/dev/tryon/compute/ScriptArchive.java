package dev.tryon.compute;

import dev.tryon.models.TorchArchive;

/** Networks without weights, written as text, so that tests need no network of anybody's. */
final class ScriptArchive {
    private ScriptArchive() {}

    /** {@code x -> (2x + 1, sum of x)}: its second output has no row for each sample. */
    static byte[] affine() {
        return of("Tuple[Tensor, Tensor]", "(torch.add(torch.mul(x, 2.0), 1.0), torch.sum(x))");
    }

    /** {@code float32[n][k] -> (float32[n][k] 2x + 1, float32[n][1] sum over k of x)}: every sample by itself. */
    static byte[] rows() {
        return of("Tuple[Tensor, Tensor]", "(torch.add(torch.mul(x, 2.0), 1.0), torch.sum(x, [1], True))");
    }

    /** {@code float32[n][k] -> x less its mean over n}: what a sample gives depends on what is beside it. */
    static byte[] mixing() {
        return of("Tensor", "torch.sub(x, torch.mean(x, [0], True))");
    }

    /** {@code float32[n][k] -> zeros}, whatever comes in. */
    static byte[] constant() {
        return of("Tensor", "torch.zeros_like(x)");
    }

    /** A network of one input {@code x}, that returns a type. */
    private static byte[] of(String type, String expression) {
        return new TorchArchive().method("""
                        def forward(self, x: Tensor) -> %s:
                          return %s
                        """.formatted(type, expression)).toBytes();
    }
}
