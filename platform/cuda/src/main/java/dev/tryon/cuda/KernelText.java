package dev.tryon.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The platform's own kernels, as the PTX text that the module ships (see {@code kernels/} beside its sources). */
enum KernelText {
    /** Parts of frames read into a batch. */
    SAMPLE("sample"),
    /** A picture laid over another through a mask. */
    BLEND("blend");

    private final String entry;

    KernelText(String entry) {
        this.entry = entry;
    }

    /** Returns the kernel's name in its text. */
    String entry() {
        return entry;
    }

    /** Reads the text. */
    String ptx() {
        try (var stream = KernelText.class.getResourceAsStream(entry + ".ptx")) {
            if (stream == null) {
                throw new IOException("not in the module: " + entry + ".ptx");
            }
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
