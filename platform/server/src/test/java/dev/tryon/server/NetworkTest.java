package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "192.0.2.64/26, 192.0.2.127, true",
        "192.0.2.64/26, 192.0.2.128, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 10.0.0.1, false"
    })
    void hasTheAddressesThatBeginAsItDoes(String network, String address, boolean has) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(has);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1"})
    void isRefusedWhereItIsNone(String text) {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> Network.parse(text));
    }

    @Test
    void takesAllOfAHouseholdForOne() {
        assertThat(Network.household(InetAddress.ofLiteral("2001:db8::1")))
                .isEqualTo(Network.household(InetAddress.ofLiteral("2001:db8::ffff:1")))
                .isNotEqualTo(Network.household(InetAddress.ofLiteral("2001:db8:0:1::1")));
        assertThat(Network.household(InetAddress.ofLiteral("192.0.2.7"))).hasToString("192.0.2.7/32");
    }
}
