package dev.tryon.server;

import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.TryOnEngine;
import java.util.List;

/** An engine as far as it came. */
sealed interface LoadedEngine {
    /** Returns the engine's id, or its class's name if it did not come far enough to tell. */
    String id();

    /** It serves. */
    record Ready(TryOnEngine engine, EngineInfo info, List<Capability> capabilities) implements LoadedEngine {
        /** Copies the capabilities. */
        public Ready {
            capabilities = List.copyOf(capabilities);
        }

        @Override
        public String id() {
            return info.id();
        }
    }

    /**
     * It does not, and why.
     *
     * @param stage it failed at
     * @param reason one sentence for people, without internals
     */
    record Failed(String id, Stage stage, String reason) implements LoadedEngine {}

    /** What an engine goes through, in this order. */
    enum Stage {
        /** Found and made. */
        DISCOVER,
        /** Built against this platform's SPI. */
        API_VERSION,
        /** Told what it is and needs. */
        ESTIMATE,
        /** Started with what the platform lends. */
        START,
        /** Proved that it works. */
        SELF_TEST
    }
}
