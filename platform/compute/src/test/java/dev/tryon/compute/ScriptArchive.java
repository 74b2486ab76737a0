package dev.tryon.compute;

import dev.tryon.models.TorchArchive;

/** A network without weights, written as text, so that tests need no network of anybody's. */
final class ScriptArchive {
    private ScriptArchive() {}

    static byte[] affine() {
        return new TorchArchive().method("""
                        def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
                          return (torch.add(torch.mul(x, 2.0), 1.0), torch.sum(x))
                        """).toBytes();
    }
}
