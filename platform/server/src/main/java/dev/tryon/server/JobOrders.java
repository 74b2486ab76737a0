package dev.tryon.server;

import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads orders for jobs, {@code {kind, engine, inputs, look}}, and names everything that is wrong with one. */
final class JobOrders {
    private final Engines engines;
    private final LookReader looks;
    private final Store store;
    private final Tiers tiers;

    JobOrders(Engines engines, LookReader looks, Store store, Tiers tiers) {
        this.engines = engines;
        this.looks = looks;
        this.store = store;
        this.tiers = tiers;
    }

    /**
     * Reads an order.
     *
     * @param id that the job gets
     * @throws Refusal if anything about it cannot be used
     */
    Jobs.Order read(UUID id, Identity identity, JsonObject body) {
        var owner = identity.subject();
        var allowance = tiers.of(identity.tier());
        var fields = JsonFields.of(body);
        var kind = fields.word("kind", JobKind.class);
        if (!body.containsKey("kind")) {
            fields.violate("kind", "is required");
        }
        var name = fields.requiredText("engine");
        var inputs = fields.fields("inputs");
        if (!body.containsKey("inputs")) {
            fields.violate("inputs", "is required");
        }
        var look = fields.fields("look");
        fields.refuseOthers();
        if (kind.isEmpty() || name.isEmpty()) {
            fields.check();
        }
        var engine = engine(fields, name, kind.orElseThrow());
        var upload = inputs.flatMap(given -> input(given, kind.orElseThrow(), owner));
        var chosen = looks.read(look.orElseGet(() -> JsonFields.of(JsonValue.EMPTY_JSON_OBJECT)), engine.info(), owner);
        fields.check();
        requireShort(upload.orElseThrow(), allowance);
        return new Jobs.Order(
                id,
                owner,
                kind.orElseThrow(),
                name,
                Map.of(kind.orElseThrow().input(), upload.orElseThrow().id()),
                chosen.orElseThrow().toJson().build(),
                allowance.quality());
    }

    /** Whoever brought a video may have been entitled to a longer one then. */
    private static void requireShort(Upload upload, Tiers.Allowance allowance) {
        var longest = allowance.longestVideo();
        if (upload.film().filter(film -> film.duration().compareTo(longest) > 0).isPresent()) {
            throw Problem.tooLong(longest).refusal();
        }
    }

    private LoadedEngine.Ready engine(JsonFields fields, String name, JobKind kind) {
        var engine = engines.find(name);
        if (engine.isPresent() && engine.get() instanceof LoadedEngine.Failed) {
            throw Problem.of(ProblemType.ENGINE_UNAVAILABLE, "Try another engine.")
                    .refusal();
        }
        var suited = engine.filter(LoadedEngine.Ready.class::isInstance)
                .map(LoadedEngine.Ready.class::cast)
                .filter(ready -> kind.suits(ready.engine()));
        if (suited.isEmpty()) {
            fields.violate(
                    "engine",
                    engine.isEmpty()
                            ? "is not an engine of this server"
                            : "cannot do jobs of the kind " + Words.of(kind));
            fields.check();
        }
        return suited.orElseThrow();
    }

    private Optional<Upload> input(JsonFields inputs, JobKind kind, String owner) {
        var text = inputs.requiredText(kind.input());
        inputs.refuseOthers();
        var upload = Ids.parse(text)
                .flatMap(id -> store.uploads().find(id, owner))
                .filter(found -> found.purpose().equals(kind.input()));
        if (upload.isEmpty() && !text.isEmpty()) {
            inputs.violate(kind.input(), "is not an upload of yours for the purpose " + kind.input());
        }
        return upload;
    }
}
