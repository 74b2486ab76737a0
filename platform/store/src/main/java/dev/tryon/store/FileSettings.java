package dev.tryon.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files lie, and what they are sealed with.
 *
 * @param keys the file of the keys, made at the first start
 * @param bucket where they lie; empty for a folder in the data directory
 */
public record FileSettings(Path keys, Optional<Bucket> bucket) {
    /**
     * A bucket of a store that speaks S3.
     *
     * @param endpoint its address
     * @param accessKey who asks; empty to find that and the secret as Amazon's own tools do
     * @param secretKey what requests are signed with; never shown
     */
    public record Bucket(
            URI endpoint, String name, String region, String accessKey, String secretKey, Addressing addressing) {
        /** Checks that it has an address and a name. */
        public Bucket {
            var scheme = endpoint.getScheme();
            if (!"http".equals(scheme) && !"https".equals(scheme)) {
                throw new IllegalArgumentException("an endpoint begins with http:// or https://, not " + endpoint);
            }
            if (name.isBlank() || region.isBlank()) {
                throw new IllegalArgumentException("a bucket has a name and a region");
            }
        }

        /** Returns where it is, and nothing that is secret. */
        @Override
        public String toString() {
            return "Bucket[" + name + " at " + endpoint + "]";
        }
    }

    /** How a bucket is named in addresses. */
    public enum Addressing {
        /** {@code https://host/bucket/…}, as most stores but Amazon's want it. */
        PATH,
        /** {@code https://bucket.host/…}. */
        HOST
    }

    /** Returns settings of a folder in the data directory, with keys beside it. */
    public static FileSettings local(Path dataDir) {
        return new FileSettings(keysIn(dataDir), Optional.empty());
    }

    /** Returns where the keys lie unless it is said otherwise. */
    public static Path keysIn(Path dataDir) {
        return dataDir.resolve("keys").resolve("files.json");
    }

    /**
     * Opens the files.
     *
     * @param catalogue a name of the database that knows them: files that belong to another are never seen
     * @throws StoreException if they cannot be reached, or there are files but no keys
     */
    FileStore open(Path dataDir, String catalogue) {
        var files = bucket.<FileStore>map(place -> new S3Files(place, catalogue + "/"))
                .orElseGet(() -> new LocalFiles(dataDir.resolve("files").resolve(catalogue)));
        try {
            var fileKeys = new FileKeys(keys);
            if (!fileKeys.exist()) {
                if (!files.list().isEmpty()) {
                    throw new StoreException("there are files, but no keys in " + keys + ": bring them back");
                }
                fileKeys.make();
            }
            return new SealedFiles(files, fileKeys.aead());
        } catch (RuntimeException failure) {
            files.close();
            throw failure;
        }
    }
}
