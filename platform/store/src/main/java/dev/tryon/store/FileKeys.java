package dev.tryon.store;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * The keys that files are sealed with: one writes, all read.
 *
 * <p>They lie in a file that nobody but its owner may read, in the JSON that Tink's own tools know. Each is for
 * AES-256-GCM in segments of 64 KiB (STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015, with a key derived for each
 * file).
 */
public final class FileKeys {
    private static final int KEY_BYTES = 32;
    private static final int SEGMENT_BYTES = 1 << 16;

    private final Path file;

    /** Uses the keys in a file; it need not be there yet. */
    public FileKeys(Path file) {
        this.file = file;
        try {
            StreamingAeadConfig.register();
        } catch (GeneralSecurityException failure) {
            throw new StoreException("this Java cannot seal files", failure);
        }
    }

    /**
     * Adds a key that writes from the next start on. The old ones still read, so no file is written anew.
     *
     * @return how many keys there are now
     * @throws StoreException if there are no keys yet, or they cannot be read or written
     */
    public int rotate() {
        try {
            var more = KeysetHandle.newBuilder(read()).addEntry(newPrimary()).build();
            write(more);
            return more.size();
        } catch (GeneralSecurityException failure) {
            throw new StoreException("the keys in " + file + " cannot be rotated", failure);
        }
    }

    /** Returns whether there are keys. */
    boolean exist() {
        return Files.exists(file);
    }

    /** Makes the first key. */
    void make() {
        try {
            DurableFile.makeFolder(file.toAbsolutePath().resolveSibling(""));
            write(KeysetHandle.newBuilder().addEntry(newPrimary()).build());
        } catch (IOException | GeneralSecurityException failure) {
            throw new StoreException("no keys can be made in " + file, failure);
        }
    }

    /** Returns what tells these keys from others, however often they were rotated; it tells nothing of them. */
    String name() {
        try {
            return Integer.toHexString(read().getAt(0).getId());
        } catch (GeneralSecurityException failure) {
            throw new StoreException("the keys in " + file + " cannot be used", failure);
        }
    }

    /** Returns what seals and opens with these keys. */
    StreamingAead aead() {
        try {
            return read().getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
        } catch (GeneralSecurityException failure) {
            throw new StoreException("the keys in " + file + " cannot be used", failure);
        }
    }

    private static KeysetHandle.Builder.Entry newPrimary() throws GeneralSecurityException {
        return KeysetHandle.generateEntryFromParameters(AesGcmHkdfStreamingParameters.builder()
                        .setKeySizeBytes(KEY_BYTES)
                        .setDerivedAesGcmKeySizeBytes(KEY_BYTES)
                        .setHkdfHashType(AesGcmHkdfStreamingParameters.HashType.SHA256)
                        .setCiphertextSegmentSizeBytes(SEGMENT_BYTES)
                        .build())
                .withRandomId()
                .makePrimary();
    }

    private KeysetHandle read() throws GeneralSecurityException {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
        } catch (IOException failure) {
            throw new StoreException("the keys in " + file + " cannot be read", failure);
        }
    }

    private void write(KeysetHandle keys) throws GeneralSecurityException {
        var json = TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
        try {
            DurableFile.write(file, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new StoreException("the keys in " + file + " cannot be written", failure);
        }
    }
}
