package dev.tryon.server;

import dev.tryon.models.FolderSource;
import dev.tryon.models.ModelList;
import dev.tryon.models.ModelStore;
import dev.tryon.models.TorchArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Published networks for tests. */
final class TestModels {
    private TestModels() {}

    /** Returns a store in a folder that is not there: nothing is installed. */
    static ModelStore none() {
        return ModelStore.open(Path.of("none"), ModelList.builtIn());
    }

    /** Returns a store in which one network of one number is installed. */
    static ModelStore installed(Path folder, String name, byte[] script) throws IOException {
        var brought = Files.createDirectories(folder.resolve("brought"));
        Files.write(brought.resolve("any name"), script);
        var list = Files.writeString(folder.resolve("list.yaml"), list(name, script));
        var store =
                ModelStore.open(folder.resolve("models"), ModelList.builtIn().and(list));
        store.pull(store.list().entry(name), new FolderSource(brought));
        return store;
    }

    /** Returns a network of one number. @param expression of {@code x}, in TorchScript */
    static byte[] script(String expression) {
        return new TorchArchive()
                .method("def forward(self, x: Tensor) -> Tensor:\n  return " + expression + "\n")
                .toBytes();
    }

    /** Returns a list with one network of one number, published nowhere. */
    static String list(String name, byte[] script) {
        return """
                models:
                  - name: %s
                    purpose: Finds nothing.
                    publisher: Nobody
                    licence: {spdx: CC0-1.0, text: 'https://example.org/licence'}
                    file: {name: some.pt, format: torchscript, bytes: %d, sha256: %s}
                    urls: []
                    inputs: [{name: in, shape: {batch: 1}, meaning: nothing}]
                    outputs: [{name: out, shape: {batch: 1}, meaning: nothing}]
                """.formatted(name, script.length, Digests.of(ByteBuffer.wrap(script)));
    }
}
