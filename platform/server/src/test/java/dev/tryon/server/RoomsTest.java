package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.TryOnEngine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsTest {
    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private final CountedEngine engine = new CountedEngine();

    /** An engine that tells how often it was stopped. */
    private static final class CountedEngine implements TryOnEngine {
        final AtomicInteger stops = new AtomicInteger();

        @Override
        public EngineInfo info() {
            return new EngineInfo(
                    "counted", "Counted", "1.0", List.of(), List.of(), new EngineInfo.ResourceEstimate(0, 0));
        }

        @Override
        public void start(EngineContext context) {}

        @Override
        public void stop() {
            stops.incrementAndGet();
        }
    }

    private ServerSettings settings(Map<String, String> changes) {
        var overrides = new HashMap<>(Map.of(
                "server.port", "0",
                "server.host", "127.0.0.1",
                "data-dir", folder.toString(),
                "store.url", "memory:"));
        overrides.putAll(changes);
        return Settings.load(Optional.empty(), Map.of(), overrides);
    }

    private Engines engines() {
        return Engines.of(
                List.of(engine),
                TestModels.none(),
                _ -> Map.of(),
                clock.clocks().wall());
    }

    @Test
    void stopsTheJobsAlsoWhereNobodySaidGoodbye() {
        var rooms = new Rooms(settings(Map.of()), clock.clocks(), engines());

        rooms.close();

        assertThat(rooms.jobs().isClosed()).isTrue();
        assertThat(engine.stops).hasValue(1);
    }

    @Test
    void isGivenBackOnceHoweverOftenItIsClosed() {
        var rooms = new Rooms(settings(Map.of()), clock.clocks(), engines());

        rooms.close();
        rooms.close();

        assertThat(engine.stops).hasValue(1);
    }

    @Tag("slow")
    @Test
    void givesBackWhatWasBuiltWhenTheRestCannotBe() {
        var settings = settings(Map.of("store.url", "", "auth.admin-token", "short"));

        assertThatThrownBy(() -> new Rooms(settings, clock.clocks(), engines())).isInstanceOf(SettingsException.class);

        assertThat(engine.stops).hasValue(1);
        assertThat(folder.resolve("postgres/cluster/postmaster.pid"))
                .as("a PostgreSQL that still runs")
                .doesNotExist();
    }
}
