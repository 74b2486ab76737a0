package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Cuts connections of clients that take too long over a request, however steadily they send, or do not take their answer.
 *
 * <p>The listener's own time limits are between two bytes, which a client that sends one now and then always keeps. Here
 * the whole of the headers has a time, and the whole of the body, and each piece of an answer that is written while it is sent. Each request is read by a virtual thread, and a virtual
 * thread that is interrupted while it reads closes what it reads from.
 *
 * <p>A body that nobody reads to its end keeps its time until the next request. Thread-safe.
 */
final class SlowRequests implements Http1ConnectionListener, Filter {
    private final Duration headerTimeout;
    private final Duration bodyTimeout;
    private final LongSupplier nanos;
    private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();

    SlowRequests(Duration headerTimeout, Duration bodyTimeout, LongSupplier nanos) {
        this.headerTimeout = headerTimeout;
        this.bodyTimeout = bodyTimeout;
        this.nanos = nanos;
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        begin(headerTimeout);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        done();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        request.context().register(this);
        if (hasBody(request)) {
            request.streamFilter(Watched::new);
            begin(bodyTimeout);
        }
        chain.proceed();
    }

    private static boolean hasBody(RoutingRequest request) {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                || request.headers().contentLength().orElse(0) > 0;
    }

    private void begin(Duration timeout) {
        deadlines.put(Thread.currentThread(), nanos.getAsLong() + timeout.toNanos());
    }

    private void done() {
        deadlines.remove(Thread.currentThread());
    }

    /** Cuts those whose time is up. */
    void sweep() {
        var now = nanos.getAsLong();
        for (var thread : deadlines.keySet()) {
            deadlines.computeIfPresent(thread, (reader, deadline) -> {
                if (now - deadline < 0) {
                    return deadline;
                }
                reader.interrupt();
                return null;
            });
        }
    }

    /** Returns what writes an answer, each time within as long as a body may take: a client that takes nothing is cut. */
    OutputStream watched(OutputStream answer) {
        return new WatchedAnswer(answer);
    }

    private final class WatchedAnswer extends FilterOutputStream {
        WatchedAnswer(OutputStream answer) {
            super(answer);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begin(bodyTimeout);
            try {
                out.write(bytes, offset, length);
            } finally {
                done();
            }
        }

        @Override
        public void flush() throws IOException {
            begin(bodyTimeout);
            try {
                out.flush();
            } finally {
                done();
            }
        }

        @Override
        public void close() throws IOException {
            begin(bodyTimeout);
            try {
                out.close();
            } finally {
                done();
            }
        }
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            return noticing(in.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return noticing(in.read(bytes, offset, length));
        }

        private int noticing(int read) {
            if (read < 0) {
                done();
            }
            return read;
        }
    }
}
