package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Behind a proxy, 127.0.0.1, that is trusted like every one in 10.0.0.0/8. */
class ForwardedAddressTest {
    private final TestServer server =
            new TestServer(Map.of("server.trusted-proxies", "127.0.0.1,10.0.0.0/8", "limits.address", "1/PT1H"));

    @AfterEach
    void stop() {
        server.close();
    }

    private int status(String forwarded) {
        return server.get("/api/v1/engines", "X-Forwarded-For", forwarded).status();
    }

    @Test
    void believesTheLastThatIsNoProxyAndNothingBeforeIt() {
        assertThat(status("192.0.2.1")).isEqualTo(200);
        assertThat(status("198.51.100.9, 192.0.2.1")).isEqualTo(429);
        assertThat(status("192.0.2.1, 10.1.2.3")).isEqualTo(429);
        assertThat(status("192.0.2.1, 192.0.2.2")).isEqualTo(200);
        assertThat(status("192.0.2.1, 192.0.2.3, 10.1.2.3")).isEqualTo(200);
    }

    @Test
    void countsWhatIsNoAddressForTheProxyThatSaysIt() {
        assertThat(status("unknown")).isEqualTo(200);
        assertThat(status("somebody else")).isEqualTo(429);
    }

    private String guest(String forwarded) {
        return server.post(
                        "/api/v1/guests",
                        "",
                        "X-Forwarded-For",
                        forwarded,
                        "Idempotency-Key",
                        "0197a5a0-0000-7000-8000-00000000abcd")
                .json()
                .getString("subject");
    }

    @Test
    void givesAGuestAgainToItsOwnAddressAlone() {
        assertThat(guest("192.0.2.1")).isNotEqualTo(guest("192.0.2.2"));
    }
}
