package dev.tryon.compute;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A TorchScript archive without weights, written entry by entry, so that tests need no network of anybody's. */
final class ScriptArchive {
    private static final int ALIGNMENT = 64;
    /** Of a local file header, without name and extra field (the ZIP format's own number). */
    private static final int HEADER = 30;

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

    /**
     * A network of one input.
     *
     * @param type of what it returns
     * @param expression in TorchScript, of {@code x}
     */
    static byte[] of(String type, String expression) {
        var code = """
                class Affine(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Affine,
                    x: Tensor) -> %s:
                    return %s
                """.formatted(type, expression);
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("archive/data.pkl", pickle());
        entries.put("archive/code/__torch__.py", code.getBytes(US_ASCII));
        entries.put("archive/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        entries.put("archive/version", "10\n".getBytes(US_ASCII));
        entries.put("archive/byteorder", "little".getBytes(US_ASCII));
        try {
            return zip(entries);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An object of the class with one attribute, {@code training = False}, in pickle protocol 2. */
    private static byte[] pickle() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x80, 2});
        bytes.writeBytes("c__torch__\nAffine\n".getBytes(US_ASCII));
        bytes.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
        bytes.writeBytes("training".getBytes(US_ASCII));
        bytes.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.flush();
                var checksum = new CRC32();
                checksum.update(entry.getValue());
                var header = new ZipEntry(entry.getKey());
                header.setMethod(ZipEntry.STORED);
                header.setSize(entry.getValue().length);
                header.setCrc(checksum.getValue());
                int unaligned = bytes.size() + HEADER + entry.getKey().length() + 4;
                var padding = new byte[4 + Math.floorMod(-unaligned, ALIGNMENT)];
                padding[0] = 'F';
                padding[1] = 'B';
                padding[2] = (byte) (padding.length - 4);
                header.setExtra(padding);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
