package dev.tryon.models;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Entries for files that tests make themselves. */
final class Entries {
    private Entries() {}

    /** Returns an entry for a file with this content, published nowhere. */
    static ModelEntry entry(String name, PublishedFile.Format format, byte[] content) {
        return entry(name, format, content, List.of());
    }

    static ModelEntry entry(String name, PublishedFile.Format format, byte[] content, List<URI> urls) {
        return new ModelEntry(
                name,
                "A test.",
                "Nobody",
                new ModelEntry.Licence("CC0-1.0", URI.create("https://example.org/licence")),
                new PublishedFile("file.bin", format, content.length, Sha256.of(content)),
                urls,
                List.of(tensor("in", -1, 1)),
                List.of(tensor("out", 0, 1)),
                Optional.empty());
    }

    private static TensorSpec tensor(String name, double least, double most) {
        return new TensorSpec(
                name,
                List.of(new TensorSpec.Axis("batch", 1), new TensorSpec.Axis("value", 4)),
                Optional.of(new TensorSpec.Range(least, most)),
                "A test.");
    }
}
