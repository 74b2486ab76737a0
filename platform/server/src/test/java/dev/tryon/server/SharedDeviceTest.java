package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.compute.ComputeSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedDeviceTest {
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger asked = new AtomicInteger();

    private Optional<ComputeSnapshot> ask() {
        asked.incrementAndGet();
        return Optional.of(new ComputeSnapshot(List.of(), List.of()));
    }

    @Test
    void asksHowNetworksStandOnceForAllThatWantToKnow() {
        var settings = Settings.load(Optional.empty(), Map.of(), Map.of("data-dir", "target/no-data"));
        try (var engines = Engines.of(
                        List.of(),
                        TestModels.none(),
                        _ -> Map.of(),
                        clock.clocks().wall());
                var device = new SharedDevice(settings.live(), engines, this::ask, clock.clocks())) {
            for (int count = 0; count < 3; count++) {
                assertThat(device.devices()).isEmpty();
                assertThat(device.fallback()).isEmpty();
                assertThat(device.compute().networks()).isEmpty();
            }
        }

        assertThat(asked).hasValue(1);
    }
}
