package dev.tryon.compute;

import dev.tryon.compute.NetworkSnapshot.Keep;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One network as the platform knows it, whether or not it is on its device: which it is, where its archive comes from, whether
 * its calls may be joined, and what it has cost.
 *
 * <p>Thread-safe.
 */
final class HeldNetwork {
    private final String name;
    private final EngineContext.Source source;
    private final String sha256;
    private final Keep keep;
    private final NetworkCosts costs = new NetworkCosts();
    private final AtomicLong failures = new AtomicLong();
    private volatile Joining joining = new Joining.Alone("each call on its caller's thread");

    /** Whether calls of a network may be answered by one run. */
    sealed interface Joining {
        /** Returns {@code joined}, or why not, for operators. */
        String told();

        /**
         * They may: each sample makes so many rows of each output.
         *
         * @param perSample one number an output, each at least 1
         */
        record Rows(List<Integer> perSample) implements Joining {
            @Override
            public String told() {
                return "joined";
            }
        }

        /** They may not, and why. */
        record Alone(String told) implements Joining {}
    }

    /**
     * Describes a network.
     *
     * @param archive what the source gives
     */
    HeldNetwork(String name, EngineContext.Source source, byte[] archive, Keep keep) {
        this.name = name;
        this.source = source;
        this.sha256 = digest(archive);
        this.keep = keep;
    }

    String name() {
        return name;
    }

    String sha256() {
        return sha256;
    }

    Keep keep() {
        return keep;
    }

    NetworkCosts costs() {
        return costs;
    }

    Joining joining() {
        return joining;
    }

    void joining(Joining tested) {
        joining = tested;
    }

    void failed() {
        failures.incrementAndGet();
    }

    long failures() {
        return failures.get();
    }

    /** Reads the archive again; it must be the one that was tested. */
    byte[] archive() {
        var archive = read(name, source);
        if (!digest(archive).equals(sha256)) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR,
                    "A network could not be loaded.",
                    name + " has changed since it was loaded first");
        }
        return archive;
    }

    /** Reads an archive. */
    static byte[] read(String name, EngineContext.Source source) {
        try (var stream = source.open()) {
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "A network could not be loaded.", "cannot read " + name, failure);
        }
    }

    /** Returns the SHA-256 in hexadecimal. */
    static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
