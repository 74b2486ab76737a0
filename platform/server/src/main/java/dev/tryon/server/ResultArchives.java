package dev.tryon.server;

import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialEngine.Finish;
import dev.tryon.spi.MaterialEngine.Order;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import dev.tryon.vision.FrameCodec;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Scans that people keep, as archives in the formats of the trade: made anew each time, for nobody asks twice. */
final class ResultArchives {
    private static final String RELIEF = "relief";
    private static final String ROUGHNESS = "roughness";
    private static final String KIND = Words.of(JobKind.SCAN);
    private static final int TAG_LENGTH = 32;

    private final Engines engines;
    private final Store store;
    private final FrameCodec codec;
    private final PixelThreads pixels;

    ResultArchives(Engines engines, Store store, FrameCodec codec, PixelThreads pixels) {
        this.engines = engines;
        this.store = store;
        this.codec = codec;
        this.pixels = pixels;
    }

    /**
     * Answers with the archive of a result.
     *
     * @throws Refusal if it is no scan of a material, or the factors cannot be used
     */
    Reply of(ServerRequest request, Result result) {
        var finish = finish(request);
        if (!result.kind().equals(KIND)) {
            throw Problem.of(ProblemType.NOT_FOUND, "Only scans have an archive.")
                    .refusal();
        }
        var engine = engine(result);
        var tag = "\"" + Digests.of(result.id().toString(), finish.toString()).substring(0, TAG_LENGTH) + "\"";
        var name = "scan-" + result.id() + ".zip";
        if (FileReply.isHeld(request, tag)) {
            return FileReply.owned(request, new FileReply.Sent(tag, "application/zip", 0, name, (_, _, _) -> {}));
        }
        var zip = archive(engine, result, finish);
        return FileReply.owned(
                request,
                new FileReply.Sent(
                        tag,
                        "application/zip",
                        zip.length,
                        name,
                        (first, bytes, out) -> out.write(zip, (int) first, (int) bytes)));
    }

    private byte[] archive(MaterialEngine engine, Result result, Finish finish) {
        var kept = KeptScan.read(store.results(), result);
        var order = new Order("Scan", kept.made(), finish);
        return pixels.inSteps(result.engine(), progress -> {
            try (var scan = kept.decoded(codec)) {
                return engine.archive(scan, order, progress).zip();
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
