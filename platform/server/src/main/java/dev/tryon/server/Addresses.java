package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells the address that a request comes from.
 *
 * <p>Behind proxies that is the last of {@code X-Forwarded-For} that is none of them: each proxy adds whom it saw, so that
 * everything before could have been made up. Who is no trusted proxy is not believed at all.
 *
 * @param proxies that are trusted
 */
record Addresses(List<Network> proxies) {
    /** Copies the list. */
    Addresses {
        proxies = List.copyOf(proxies);
    }

    /** Returns where a request comes from; all addresses that are probably one caller's are told as one. */
    Network of(ServerRequest request) {
        var peer = peer(request);
        var forwarded = request.headers().values(HeaderNames.X_FORWARDED_FOR).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        var address = peer;
        for (int i = forwarded.size() - 1; i >= 0 && isProxy(address); i--) {
            var before = Network.address(forwarded.get(i));
            if (before.isEmpty()) {
                break;
            }
            address = before.get();
        }
        return Network.household(address);
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    private static InetAddress peer(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
