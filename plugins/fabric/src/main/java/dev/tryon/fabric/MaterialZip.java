package dev.tryon.fabric;

import dev.tryon.vision.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A material handed on in every format at once: maps, glTF, MaterialX and U3M in one ZIP. */
final class MaterialZip {
    static final String README = "README.txt";

    private MaterialZip() {}

    /**
     * Returns the ZIP; the same bytes for the same material and time.
     *
     * @param made when the material was made
     * @param steps one is done after each map
     */
    static byte[] of(Material material, FrameCodec codec, Instant made, Steps steps) {
        return zipped(files(material, codec, made, steps), made);
    }

    /** Returns what the ZIP holds, by file name. */
    static Map<String, byte[]> files(Material material, FrameCodec codec, Instant made, Steps steps) {
        var files = new TreeMap<>(MapFiles.of(material, codec, steps));
        files.putAll(GltfExport.of(material));
        files.put(MaterialXExport.FILE, MaterialXExport.of(material));
        files.put(U3mExport.FILE, U3mExport.of(material, made));
        files.put(README, readme(material).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static String readme(Material material) {
        var size = material.size()
                .map(known -> String.format(
                        Locale.ROOT,
                        "One tile shows %.1f mm by %.1f mm of cloth.",
                        known.widthMillimetres(),
                        known.heightMillimetres()))
                .orElse("The size of the cloth is not known: formats that need one say 100 mm.");
        return String.format(Locale.ROOT, """
                %s (%s)
                %s
                normal.png is for OpenGL (y up), normal-directx.png for DirectX. height.png has 16 bits; white lies
                %.4f tile widths above black. material.gltf, material.mtlx and material.u3m use these same files.
                """, material.title(), material.kind().word(), size, material.relief());
    }

    private static byte[] zipped(Map<String, byte[]> files, Instant made) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            // Pictures are compressed already.
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(made.atOffset(ZoneOffset.UTC).toLocalDateTime());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("memory took no ZIP", failure);
        }
        return bytes.toByteArray();
    }
}
