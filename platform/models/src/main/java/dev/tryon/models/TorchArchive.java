package dev.tryon.models;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive of one module, which PyTorch loads: text of its methods, and float32 weights by name.
 *
 * <p>The format is PyTorch's own: a ZIP of stored entries whose bytes begin at multiples of 64, the module's text under
 * {@code code/}, the module pickled (protocol 2) in {@code data.pkl}, its numbers under {@code data/}. Not thread-safe.
 */
public final class TorchArchive {
    private static final String CLASS = "Network";
    private static final String ROOT = "archive/";
    private static final int ALIGNMENT = 64;
    /** Of a local file header, without name and extra field (the ZIP format's own number). */
    private static final int HEADER_BYTES = 30;
    /** Of an extra field, before its bytes. */
    private static final int EXTRA_BYTES = 4;
    /** The pickle of an empty tuple. */
    private static final byte[] NOTHING = {(byte) 0x80, 2, ')', '.'};

    private final Map<String, Weights> weights = new LinkedHashMap<>();
    private final Map<String, String> layouts = new LinkedHashMap<>();
    private final StringBuilder methods = new StringBuilder();

    @SuppressWarnings("ArrayRecordComponent") // megabytes, handed on and never compared
    private record Weights(float[] values, List<Integer> sizes) {}

    /**
     * Adds a tensor that methods reach as {@code self.NAME}.
     *
     * @param values row-major, kept and not to be changed
     * @param sizes along each axis
     */
    public TorchArchive weights(String name, float[] values, List<Integer> sizes) {
        weights.put(name, new Weights(values, List.copyOf(sizes)));
        return this;
    }

    /**
     * Lets a tensor be laid out otherwise where the archive is loaded on a CPU; methods know by {@code self.cpu} whether it was.
     *
     * @param layout an expression of the tensor, which it has as {@code %s}
     */
    TorchArchive prepared(String name, String layout) {
        layouts.put(name, layout);
        return this;
    }

    /**
     * Adds a method.
     *
     * @param text in TorchScript as archives hold it, from {@code def} on, without indentation; {@code self} has no type yet:
     *     {@code def forward(self, x: Tensor) -> Tensor:}
     */
    public TorchArchive method(String text) {
        methods.append(text.replaceFirst("\\(self", "(self: __torch__." + CLASS)
                .strip()
                .indent(2));
        return this;
    }

    /** Writes the archive. */
    public byte[] toBytes() {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("data.pkl", pickle());
        entries.put("code/__torch__.py", text().getBytes(US_ASCII));
        var number = 0;
        for (var tensor : weights.values()) {
            entries.put("data/" + number++, bytes(tensor.values()));
        }
        entries.put("constants.pkl", NOTHING);
        entries.put("version", "10\n".getBytes(US_ASCII));
        entries.put("byteorder", "little".getBytes(US_ASCII));
        try {
            return zip(entries);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure); // memory does not fail so
        }
    }

    private String text() {
        var text = new StringBuilder("class " + CLASS + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n");
        weights.keySet().forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
        text.append("  training : bool\n  cpu : bool\n").append(methods);
        return text.append(getState()).append(setState()).toString();
    }

    /** Writes the method that PyTorch saves a module with, and knows the type of its state from. */
    private String getState() {
        var names = weights.keySet().stream().map(name -> "self." + name).collect(Collectors.joining(", "));
        return """
                  def __getstate__(self: __torch__.%s) -> Tuple[bool, List[Tensor]]:
                    return (self.training, annotate(List[Tensor], [%s]))
                """.formatted(CLASS, names);
    }

    /** Writes the method that PyTorch loads a module with. The tensors are on their device by then. */
    private String setState() {
        var text = new StringBuilder("""
                  def __setstate__(self: __torch__.%s, state: Tuple[bool, List[Tensor]]) -> None:
                    training, tensors, = state
                    self.training = training
                    self.cpu = True
                """.formatted(CLASS));
        if (!weights.isEmpty()) {
            text.append("    if (tensors[0]).is_cuda:\n      self.cpu = False\n");
        }
        var number = 0;
        for (var name : weights.keySet()) {
            var tensor = "tensors[" + number++ + "]";
            text.append("    self.").append(name).append(" = ").append(tensor).append('\n');
            if (layouts.containsKey(name)) {
                text.append("    if self.cpu:\n      self.").append(name).append(" = ");
                text.append(layouts.get(name).replace("%s", tensor)).append('\n');
            }
        }
        return text.toString();
    }

    private byte[] pickle() {
        var pickle =
                new Pickle().newObject("__torch__", CLASS).beginTuple().no().beginList();
        var number = 0;
        for (var tensor : weights.values()) {
            pickle.tensor(number++, tensor.sizes());
        }
        return pickle.endList().endTuple().build().toBytes();
    }

    private static byte[] bytes(float[] values) {
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.flush();
                var name = ROOT + entry.getKey();
                var checksum = new CRC32();
                checksum.update(entry.getValue());
                var header = new ZipEntry(name);
                header.setMethod(ZipEntry.STORED);
                header.setSize(entry.getValue().length);
                header.setCrc(checksum.getValue());
                header.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the same network gives the same bytes
                header.setExtra(padding(bytes.size() + HEADER_BYTES + name.length() + EXTRA_BYTES));
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Returns an extra field after which an entry's bytes begin at a multiple of the alignment, in the form of PyTorch's own. */
    private static byte[] padding(int unaligned) {
        var padding = new byte[EXTRA_BYTES + Math.floorMod(-unaligned, ALIGNMENT)];
        padding[0] = 'F';
        padding[1] = 'B';
        padding[2] = (byte) (padding.length - EXTRA_BYTES);
        return padding;
    }
}
