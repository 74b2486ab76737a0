package dev.tryon.server;

import dev.tryon.spi.AnalysisEngine;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import dev.tryon.vision.FrameCodec;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** {@code /analyses}: reads facts from a picture at once; nothing is kept, so the same request may be sent again. */
final class AnalysisRoutes {
    private static final String INPUT = "person";

    private final Caller caller;
    private final Engines engines;
    private final Store store;
    private final FrameCodec codec;
    private final PixelThreads threads;

    AnalysisRoutes(Caller caller, Engines engines, Store store, FrameCodec codec, PixelThreads threads) {
        this.caller = caller;
        this.engines = engines;
        this.store = store;
        this.codec = codec;
        this.threads = threads;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/v1/analyses", this::analyze));
    }

    private Reply analyze(ServerRequest request) {
        var owner = caller.subject(request);
        var body = RequestBody.json(request);
        var fields = JsonFields.of(body);
        var name = fields.requiredText("engine");
        var inputs = fields.fields("inputs");
        if (!body.containsKey("inputs")) {
            fields.violate("inputs", "is required");
        }
        fields.refuseOthers();
        var engine = engine(fields, name);
        var picture = inputs.flatMap(given -> picture(given, owner));
        fields.check();
        var file =
                store.uploads().read(picture.orElseThrow().file(Upload.CONTENT).orElseThrow());
        var analysis = threads.call(name, () -> analyze(engine.orElseThrow(), file));
        return Reply.ok(toJson(name, analysis));
    }

    private Optional<AnalysisEngine> engine(JsonFields fields, String name) {
        if (engines.find(name).filter(LoadedEngine.Failed.class::isInstance).isPresent()) {
            throw Problem.of(ProblemType.ENGINE_UNAVAILABLE, "Try another engine.")
                    .refusal();
        }
        var engine = engines.ready(name, AnalysisEngine.class);
        if (engine.isEmpty() && !name.isEmpty()) {
            fields.violate(
                    "engine",
                    engines.find(name).isEmpty() ? "is not an engine of this server" : "analyses no pictures");
        }
        return engine;
    }

    private Optional<Upload> picture(JsonFields inputs, String owner) {
        var text = inputs.requiredText(INPUT);
        inputs.refuseOthers();
        var upload = Ids.parse(text)
                .flatMap(id -> store.uploads().find(id, owner))
                .filter(found -> found.purpose().equals(INPUT));
        if (upload.isEmpty() && !text.isEmpty()) {
            inputs.violate(INPUT, "is not an upload of yours for the purpose " + INPUT);
        }
        return upload;
    }

    private AnalysisEngine.Analysis analyze(AnalysisEngine engine, ByteBuffer picture) {
        try (var frame = codec.decodeUpload(picture)) {
            return engine.analyze(frame);
        }
    }

    private static JsonObject toJson(String engine, AnalysisEngine.Analysis analysis) {
        var facts = Json.createArrayBuilder();
        analysis.facts()
                .forEach(fact -> facts.add(Json.createObjectBuilder()
                        .add("name", fact.name())
                        .add("value", fact.value())
                        .add("confidence", DetectionJson.rounded(fact.confidence()))));
        return Json.createObjectBuilder()
                .add("engine", engine)
                .add("facts", facts)
                .add("recommended", Json.createArrayBuilder(analysis.recommended()))
                .build();
    }
}
