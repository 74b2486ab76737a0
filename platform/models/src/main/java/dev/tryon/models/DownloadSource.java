package dev.tryon.models;

import dev.tryon.models.ModelException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The publishers' own addresses, over https alone, redirects included.
 *
 * <p>A publisher has a time to answer in and is given up if it is slower than 64 kB a second. The JDK's proxy settings hold.
 */
public final class DownloadSource implements ModelSource, AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final long LEAST_BYTES_PER_SECOND = 64_000;
    private static final int MOST_REDIRECTS = 5;
    private static final String HINT = "; a file that was brought some other way is taken with --from DIR";

    private final HttpClient client;
    private final Duration answerWithin;

    /** Makes one. */
    public DownloadSource() {
        this(HttpClient.newBuilder().proxy(ProxySelector.getDefault()), ANSWER_WITHIN);
    }

    /** Makes one that trusts whom the client trusts. @param answerWithin the time for an answer, besides that for its bytes */
    DownloadSource(HttpClient.Builder client, Duration answerWithin) {
        this.client = client.connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.answerWithin = answerWithin;
    }

    @Override
    public void fetch(ModelEntry entry, Taker taker) {
        if (entry.urls().isEmpty()) {
            throw new ModelException(Problem.UNREACHABLE, "its list gives no address" + HINT);
        }
        var within = answerWithin.plusSeconds(entry.file().bytes() / LEAST_BYTES_PER_SECOND);
        for (var url : entry.urls()) {
            try {
                within(within, url, () -> download(url, taker));
                return;
            } catch (ModelException failure) {
                var another = failure.problem() == Problem.UNREACHABLE || failure.problem() == Problem.WRONG_FILE;
                if (!another || url.equals(entry.urls().getLast())) {
                    throw failure;
                }
            }
        }
    }

    /** Interrupts what takes longer: the client's own time-out ends with the headers. */
    private static void within(Duration patience, URI url, Runnable work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(work);
            try {
                running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException failure) {
                running.cancel(true);
                throw unreachable(url, "it took longer than " + patience.toSeconds() + " s", failure);
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof ModelException known
                        ? known
                        : new IllegalStateException("a download failed", failure);
            } catch (InterruptedException failure) {
                running.cancel(true);
                Thread.currentThread().interrupt();
                throw unreachable(url, "it was interrupted", failure);
            }
        }
    }

    private void download(URI url, Taker taker) {
        try (var body = answer(url).body()) {
            taker.take(url.toString(), body);
        } catch (IOException failure) {
            throw unreachable(url, reason(failure), failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw unreachable(url, "it was interrupted", failure);
        }
    }

    private HttpResponse<InputStream> answer(URI url) throws IOException, InterruptedException {
        var address = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return answer;
            }
            answer.body().close();
            var status = answer.statusCode();
            var next = answer.headers().firstValue("location");
            if (status / 100 != 3 || next.isEmpty()) {
                throw new IOException("it answers " + status);
            }
            address = redirected(address, next.get());
        }
        throw new IOException("it redirects without end");
    }

    private static URI redirected(URI from, String location) throws IOException {
        try {
            var to = from.resolve(location);
            Checks.https("where it redirects to", to);
            return to;
        } catch (IllegalArgumentException failure) {
            throw new IOException("it redirects to what is no https address", failure);
        }
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null
                ? "it cannot be reached (" + failure.getClass().getSimpleName() + ")"
                : failure.getMessage();
    }

    private static ModelException unreachable(URI url, String reason, Exception failure) {
        return new ModelException(Problem.UNREACHABLE, url + ": " + reason + HINT, failure);
    }

    @Override
    public void close() {
        client.close();
    }
}
