package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /engines/{engine}/catalog}: anybody may look, administrators edit. */
final class CatalogRoutes {
    private static final String PATH = "/api/v1/engines/{engine}/catalog";
    private static final String ITEM_PATH = PATH + "/{item}";

    private final Caller caller;
    private final Engines engines;
    private final Catalogs catalogs;
    private final Materials materials;
    private final Audit audit;

    CatalogRoutes(Caller caller, Engines engines, Catalogs catalogs, Materials materials, Audit audit) {
        this.caller = caller;
        this.engines = engines;
        this.catalogs = catalogs;
        this.materials = materials;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, this::list),
                Route.post(PATH, this::add),
                Route.get(ITEM_PATH, this::get),
                Route.put(ITEM_PATH, this::put),
                Route.delete(ITEM_PATH, this::remove));
    }

    private Reply list(ServerRequest request) {
        var engine = ready(request);
        var items = catalogs.items(engine.info());
        return Reply.open(
                EngineJson.list(items.stream().map(item -> json(engine, item)).toList()));
    }

    private Reply get(ServerRequest request) {
        var engine = ready(request);
        var item = catalogs.item(engine.info(), id(request))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        return reply(200, engine, item, Map.of());
    }

    /** An item's own id is what keeps a repeated request from making two. */
    private Reply add(ServerRequest request) {
        var admin = caller.admin(request);
        var ready = ready(request);
        var engine = ready.info();
        var item = item(JsonFields.of(RequestBody.json(request)), ready);
        var location = "/api/v1/engines/" + engine.id() + "/catalog/" + item.id();
        var there = catalogs.item(engine, item.id());
        if (there.isEmpty()) {
            catalogs.offer(new Catalogs.Change(engine, item.id(), Optional.empty()), item);
            audit.log(admin, "catalog.added", engine.id() + "/" + item.id(), "");
        } else if (!there.get().equals(item)) {
            throw Problem.of(ProblemType.ALREADY_THERE, "Replace it with PUT, or take another id.")
                    .refusal();
        }
        return reply(201, ready, item, Map.of("Location", location));
    }

    private Reply put(ServerRequest request) {
        var admin = caller.admin(request);
        var engine = ready(request);
        var fields = JsonFields.of(RequestBody.json(request));
        fields.text("id")
                .filter(id -> !id.equals(id(request)))
                .ifPresent(_ -> fields.violate("id", "must be the one in the address"));
        var item = item(fields, engine);
        catalogs.offer(new Catalogs.Change(engine.info(), item.id(), expected(request)), item);
        audit.log(admin, "catalog.replaced", engine.id() + "/" + item.id(), "");
        return reply(200, engine, item, Map.of());
    }

    private Reply remove(ServerRequest request) {
        var admin = caller.admin(request);
        var engine = ready(request).info();
        catalogs.withdraw(new Catalogs.Change(engine, id(request), expected(request)));
        audit.log(admin, "catalog.removed", engine.id() + "/" + id(request), "");
        return Reply.noContent();
    }

    private static CatalogItem item(JsonFields fields, LoadedEngine.Ready engine) {
        var item = CatalogItemJson.read(fields, engine.info());
        fields.check();
        return item.orElseThrow();
    }

    /** Returns the material of the item that a request's address names, if people may wear it. */
    Optional<Materials.Offered> material(ServerRequest request) {
        var engine = ready(request);
        return catalogs.item(engine.info(), id(request)).flatMap(item -> materials.own(engine, item.id()));
    }

    private JsonObject json(LoadedEngine.Ready engine, CatalogItem item) {
        var json = Json.createObjectBuilder(EngineJson.item(item));
        materials
                .own(engine, item.id())
                .ifPresent(material -> json.add(
                        "material",
                        MaterialJson.of(
                                material.facts(),
                                material.version(),
                                material.engine().materialSizes(),
                                PATH.replace("{engine}", engine.id()) + "/" + item.id() + "/materials/"
                                        + material.version())));
        return json.build();
    }

    private Reply reply(int status, LoadedEngine.Ready engine, CatalogItem item, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Cache-Control", "no-cache");
        headers.put("ETag", CatalogItemJson.tag(item));
        return Reply.json(status, json(engine, item), headers);
    }

    private static Optional<String> expected(ServerRequest request) {
        return request.headers().first(HeaderNames.IF_MATCH).filter(tag -> !tag.equals("*"));
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("item");
    }

    private LoadedEngine.Ready ready(ServerRequest request) {
        var engine = engines.find(request.path().pathParameters().get("engine"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        return switch (engine) {
            case LoadedEngine.Ready ready -> ready;
            case LoadedEngine.Failed _ ->
                throw Problem.of(ProblemType.ENGINE_UNAVAILABLE).refusal();
        };
    }
}
