package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
    @Nested
    class RateLimitTest {
        @Test
        void letsABurstThroughAndThenTheRate() {
            var limit = new RateLimit(10, 3, 0);

            for (int count = 0; count < 3; count++) {
                assertThat(limit.take(0)).isZero();
            }
            assertThat(limit.take(0)).isEqualTo(Duration.ofMillis(100));
            assertThat(limit.take(99_000_000)).isEqualTo(Duration.ofMillis(1));
            assertThat(limit.take(100_000_000)).isZero();
            assertThat(limit.take(100_000_001)).isPositive();
        }

        @Test
        void savesUpNoMoreThanABurst() {
            var limit = new RateLimit(10, 2, 0);

            var hour = Duration.ofHours(1).toNanos();
            assertThat(limit.take(hour)).isZero();
            assertThat(limit.take(hour)).isZero();
            assertThat(limit.take(hour)).isPositive();
        }
    }

    @Nested
    class TicketsTest {
        private final FakeClock clock = new FakeClock();
        private final Tickets tickets =
                new Tickets(clock.clocks(), new Ids(clock.clocks().wall()), Duration.ofSeconds(30));
        private final UUID session = UUID.randomUUID();

        @Test
        void opensOnceForItsSessionInTime() {
            var ticket = tickets.issue(session);
            var late = tickets.issue(session);
            var others = tickets.issue(UUID.randomUUID());

            assertThat(tickets.redeem(ticket, session)).isTrue();
            assertThat(tickets.redeem(ticket, session)).isFalse();
            assertThat(tickets.redeem(others, session)).isFalse();
            clock.advance(Duration.ofSeconds(30));
            assertThat(tickets.redeem(late, session)).isFalse();
            assertThat(tickets.redeem("never issued", session)).isFalse();
        }
    }

    @Nested
    class IdsTest {
        private final FakeClock clock = new FakeClock();
        private final Ids ids = new Ids(clock.clocks().wall());

        @Test
        void areOfVersionSevenAndSortByTime() {
            var first = ids.next();
            clock.advance(Duration.ofMillis(1));
            var second = ids.next();

            assertThat(first.version()).isEqualTo(7);
            assertThat(first.variant()).isEqualTo(2);
            assertThat(first.toString()).isLessThan(second.toString());
            assertThat(Ids.parse(first.toString())).contains(first);
            assertThat(Ids.parse("1-1-1-1-1")).isEmpty();
            assertThat(ids.secret()).hasSize(32).isNotEqualTo(ids.secret());
        }
    }

    @Nested
    class MultipartReaderTest {
        private static MultipartReader reader(String body) {
            var bytes = body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            // One byte at a time: no boundary may hang on how the network cut the body.
            InputStream drops = new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return super.read(buffer, offset, Math.min(1, length));
                }
            };
            return new MultipartReader(drops, "cut");
        }

        @Test
        void readsPartAfterPart() throws Exception {
            var reader = reader("""
                    --cut
                    Content-Disposition: form-data; name="a"; filename="x"

                    one
                    --cu
                    --cut
                    content-disposition: form-data; name=b
                    Content-Type: text/plain


                    --cut--
                    """);

            assertThat(reader.next()).contains("a");
            assertThat(reader.body(100)).asString().isEqualTo("one\r\n--cu");
            assertThat(reader.next()).contains("b");
            assertThat(reader.body(100)).isEmpty();
            assertThat(reader.next()).isEmpty();
        }

        @Test
        void readsNoMoreThanAllowed() throws Exception {
            var reader = reader("--cut\nContent-Disposition: form-data; name=a\n\n0123456789\n--cut--\n");

            reader.next();
            assertThatThrownBy(() -> reader.body(9)).isInstanceOf(MultipartReader.TooLongException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "preamble\n--cut\n",
                    "--cutting",
                    "--cut\nContent-Type: text/plain\n\nno name\n--cut--",
                    "--cut\nContent-Disposition: form-data; name=a\n\nno end"
                })
        void refusesWhatIsNoForm(String body) {
            var reader = reader(body);

            assertThatThrownBy(() -> {
                        reader.next();
                        reader.body(100);
                        reader.next();
                    })
                    .isInstanceOf(MalformedException.class);
        }

        @Test
        void findsTheBoundary() {
            assertThat(MultipartReader.boundary("multipart/form-data; boundary=abc"))
                    .contains("abc");
            assertThat(MultipartReader.boundary("multipart/form-data; charset=utf-8; boundary=\"a b\""))
                    .contains("a b");
            assertThat(MultipartReader.boundary("multipart/form-data")).isEmpty();
            assertThat(MultipartReader.boundary("text/plain; boundary=abc")).isEmpty();
            assertThat(MultipartReader.boundary("multipart/form-data; boundary=" + "x".repeat(71)))
                    .isEmpty();
        }
    }

    @Nested
    class JsonBodyTest {
        @Test
        void takesOneObjectAndNothingAfterIt() throws MalformedException {
            assertThat(JsonBody.parse(" {\"a\": 1} \n").getInt("a")).isEqualTo(1);
            assertRefused("{\"a\": 1} x");
            assertRefused("[]");
            assertRefused("");
        }

        @Test
        void refusesNamesThatStandTwice() {
            assertRefused("{\"a\": 1, \"a\": 1}");
            assertRefused("{\"a\": {\"b\": 1, \"b\": 2}}");
        }

        @Test
        void refusesNestingTooDeepAndNumbersTooLong() {
            assertRefused("{\"a\":" + "[".repeat(1500) + "]".repeat(1500) + "}");
            assertRefused("{\"a\":1" + "0".repeat(2000) + "}");
            assertRefused("{\"a\":1e99999999999}");
        }

        private void assertRefused(String text) {
            assertThatThrownBy(() -> JsonBody.parse(text)).isInstanceOf(MalformedException.class);
        }
    }
}
