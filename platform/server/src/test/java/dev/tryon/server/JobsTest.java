package dev.tryon.server;

import dev.tryon.store.Store;
import java.time.InstantSource;
import java.util.Optional;

/** Nodes that share one store in main memory. */
class JobsTest extends JobsContract {
    private Optional<Store> shared = Optional.empty();

    @Override
    Store open(InstantSource clock, Store.Limits limits) {
        shared = shared.or(() -> Optional.of(Store.inMemory(clock, limits)));
        return shared.orElseThrow();
    }
}
