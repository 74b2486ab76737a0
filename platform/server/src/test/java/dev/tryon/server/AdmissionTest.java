package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.Look;
import dev.tryon.spi.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device with room for one session, and an engine that takes its time to open one. */
class AdmissionTest {
    private final Weighty engine = new Weighty();
    private final TestServer server =
            new TestServer(Map.of("live.workers", "1", "live.least-frames-per-second", "10"), engine);
    private final String token = server.guest();

    /** An engine of 60 ms a frame: one session gets 16 of them a second, two get 8 each. */
    private static final class Weighty implements LiveEngine {
        final Semaphore gate = new Semaphore(0);
        final AtomicInteger opening = new AtomicInteger();

        @Override
        public EngineInfo info() {
            return new EngineInfo(
                    "weighty", "Weighty", "1.0", List.of(), List.of(), new EngineInfo.ResourceEstimate(1 << 20, 60));
        }

        @Override
        public void start(EngineContext context) {}

        @Override
        public LiveTryOn open(Look look) {
            opening.incrementAndGet();
            gate.acquireUninterruptibly();
            return new LiveTryOn() {
                @Override
                public Outcome apply(Frame frame, FrameInfo info) {
                    throw new IllegalStateException("nobody sends frames");
                }

                @Override
                public void wear(Look newLook) {}

                @Override
                public void close() {}
            };
        }
    }

    @AfterEach
    void stop() {
        engine.gate.release(10);
        server.close();
    }

    private TestServer.Answer begin() {
        return server.post(
                "/api/v1/sessions",
                "{\"engine\":\"weighty\"}",
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    @Test
    void countsASessionThatIsBeingOpened() {
        var first = CompletableFuture.supplyAsync(this::begin, Thread::startVirtualThread);
        TestServer.until(() -> engine.opening.get() == 1);

        var second = begin();

        Person.isProblem(second, 503, "SERVER_BUSY");
        // It did not come as far as to wait for the thread that opens the first, which would ask for one second.
        assertThat(second.json().getInt("retryAfterMs")).isEqualTo(5000);
        engine.gate.release();
        assertThat(first.join().status()).isEqualTo(201);
    }

    @Test
    void countsASessionThatHasSentNothingYet() {
        engine.gate.release(2);
        assertThat(begin().status()).isEqualTo(201);

        Person.isProblem(begin(), 503, "SERVER_BUSY");
    }

    @Test
    void countsASessionNoMoreThatIsOver() {
        engine.gate.release(2);
        var session = begin().json();
        server.delete("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token);

        TestServer.until(() -> begin().status() == 201);
    }
}
