package dev.tryon.server;

import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialEngine.Finish;
import dev.tryon.spi.MaterialEngine.Order;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import dev.tryon.vision.FrameCodec;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** Scans that people keep, as archives in the formats of the trade: made anew each time, one at a time for each owner. */
final class ResultArchives {
    private static final String RELIEF = "relief";
    private static final String ROUGHNESS = "roughness";
    private static final String KIND = Words.of(JobKind.SCAN);
    private static final int TAG_LENGTH = 32;

    private static final String MEDIA_TYPE = "application/zip";
    /** Archives at most that are waited for, made and sent, for each is in memory until it is sent. */
    private static final int MOST = 16;

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Engines engines;
    private final Map<String, String> codes;
    private final Store store;
    private final FrameCodec codec;
    private final PixelThreads pixels;
    /** Those whose archive is being made or sent. */
    private final Set<String> served = new HashSet<>();

    /** @param codes of the engines, as {@link CodeDigest#ofMaterials} */
    ResultArchives(Engines engines, Map<String, String> codes, Store store, FrameCodec codec, PixelThreads pixels) {
        this.engines = engines;
        this.codes = Map.copyOf(codes);
        this.store = store;
        this.codec = codec;
        this.pixels = pixels;
    }

    /**
     * Answers with the archive of a result, whole: each range of it would have to be made anew. Where only the headers are
     * wanted, nothing is made and the length is not told.
     *
     * @throws Refusal if it is no scan of a material, the factors cannot be used, its owner is being sent one already, or too many are
     */
    Reply of(ServerRequest request, Result result) {
        var finish = finish(request);
        if (!result.kind().equals(KIND)) {
            throw Problem.of(ProblemType.NOT_FOUND, "Only scans have an archive.")
                    .refusal();
        }
        var engine = engine(result);
        var code = Objects.requireNonNull(codes.get(result.engine()));
        var tag = "\""
                + Digests.of(result.id().toString(), finish.toString(), code).substring(0, TAG_LENGTH) + "\"";
        var headers = new HashMap<>(Map.of("Cache-Control", "private, no-cache", "Vary", "Authorization", "ETag", tag));
        if (FileReply.isHeld(request, tag)) {
            return new Reply(304, headers, new Reply.Body.None());
        }
        headers.put("Content-Disposition", "inline; filename=\"scan-" + result.id() + ".zip\"");
        if (request.prologue().method().equals(Method.HEAD)) {
            return Reply.streamed(200, MEDIA_TYPE, OptionalLong.empty(), headers, _ -> {});
        }
        begin(result.owner());
        try {
            var zip = archive(engine, result, finish);
            return Reply.streamed(
                    200, MEDIA_TYPE, OptionalLong.of(zip.length), headers, new Sending(zip, result.owner()));
        } catch (RuntimeException | Error failure) {
            end(result.owner());
            throw failure;
        }
    }

    private void begin(String owner) {
        synchronized (served) {
            if (served.size() >= MOST || !served.add(owner)) {
                throw Problem.busy(RETRY).refusal();
            }
        }
    }

    private void end(String owner) {
        synchronized (served) {
            served.remove(owner);
        }
    }

    /** An archive on its way; once it is sent, or cannot be, its owner may have the next. */
    private final class Sending implements Reply.Content {
        private final byte[] zip;
        private final String owner;

        Sending(byte[] zip, String owner) {
            this.zip = zip;
            this.owner = owner;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            FileReply.copy(new ByteArrayInputStream(zip), 0, zip.length, out);
        }

        @Override
        public void close() {
            end(owner);
        }
    }

    /** What waits holds nothing in memory: its files are read when its turn has come. */
    private byte[] archive(MaterialEngine engine, Result result, Finish finish) {
        return pixels.inSteps(result.engine(), progress -> {
            var kept = KeptScan.read(store.results(), result);
            try (var scan = kept.decoded(codec)) {
                return engine.archive(scan, new Order("Scan", kept.made(), finish), progress)
                        .zip();
            }
        });
    }

    private MaterialEngine engine(Result result) {
        return engines.ready(result.engine(), MaterialEngine.class)
                .orElseThrow(() -> engines.find(result.engine())
                                .filter(LoadedEngine.Ready.class::isInstance)
                                .isPresent()
                        ? Problem.of(ProblemType.NOT_FOUND, "Only scans of materials have an archive.")
                                .refusal()
                        : Problem.of(ProblemType.ENGINE_UNAVAILABLE).refusal());
    }

    private static Finish finish(ServerRequest request) {
        var violations = new ArrayList<Problem.Violation>();
        var known = Set.of(RELIEF, ROUGHNESS);
        for (var name : request.query().names()) {
            if (!known.contains(name)) {
                violations.add(new Problem.Violation(JsonFields.pointer(name), "is not known"));
            } else if (request.query().all(name).size() > 1) {
                violations.add(new Problem.Violation(JsonFields.pointer(name), "is there twice"));
            }
        }
        var relief = factor(request, RELIEF, Finish.MOST_RELIEF, violations);
        var roughness = factor(request, ROUGHNESS, Finish.MOST_ROUGHNESS, violations);
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations).refusal();
        }
        return new Finish(relief, roughness);
    }

    private static double factor(ServerRequest request, String name, double most, List<Problem.Violation> violations) {
        var text = PageOfList.parameter(request, name).orElse("1");
        if (text.matches("[0-9](\\.[0-9]{1,6})?") && Double.parseDouble(text) <= most) {
            return Double.parseDouble(text);
        }
        violations.add(new Problem.Violation(
                JsonFields.pointer(name), "must be a number from 0 to " + most + ", with six decimals at most"));
        return 1;
    }
}
