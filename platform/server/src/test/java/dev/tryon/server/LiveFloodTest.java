package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFloodTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";

    @Test
    void answersTenThousandFramesOnceEachAsFastAsTheyCome() {
        flood(Map.of(), 10_000);
    }

    @Test
    void answersEachFrameOnceWhenTheRateIsNotLimited() {
        flood(Map.of("live.frames-per-second", "1000", "live.frame-burst", "1000"), 1000);
    }

    private static void flood(Map<String, String> settings, int frames) {
        var picture = Pictures.small();
        var server = new TestServer(settings);
        try (server;
                var client = LiveClient.greet(server, server.session(server.guest(), "{}", "frame"), HELLO)) {
            for (int sequence = 0; sequence < frames; sequence++) {
                client.frame(sequence, picture);
            }
            var answered = new BitSet();
            for (int count = 0; count < frames; count++) {
                var answer = client.await(message -> message.sequence() >= 0);
                assertThat(answered.get((int) answer.sequence()))
                        .as("frame %d was answered before", answer.sequence())
                        .isFalse();
                answered.set((int) answer.sequence());
            }
            client.text("{\"type\":\"ping\",\"timestamp\":1}");
            assertThat(client.next().type()).isEqualTo("pong");
            assertThat(answered.cardinality()).isEqualTo(frames);
            assertThat(server.server.framesInUse()).isZero();
        }
        assertThat(server.server.framesInUse()).isZero();
    }
}
