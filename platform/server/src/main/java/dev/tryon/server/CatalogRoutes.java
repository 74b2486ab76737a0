package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.Store;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
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
    private final Store store;
    private final Materials materials;
    private final ScannedMaterials scans;
    private final Audit audit;

    CatalogRoutes(
            Caller caller,
            Engines engines,
            Catalogs catalogs,
            Store store,
            Materials materials,
            ScannedMaterials scans,
            Audit audit) {
        this.caller = caller;
        this.engines = engines;
        this.catalogs = catalogs;
        this.store = store;
        this.materials = materials;
        this.scans = scans;
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
        return Reply.open(request, EngineJson.list(items(ready(request))));
    }

    /** Returns all items of an engine as REST tells them. */
    List<JsonObject> items(LoadedEngine.Ready engine) {
        return catalogs.items(engine.info()).stream()
                .map(item -> json(engine, item))
                .toList();
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
        var engine = ready(request);
        var order = order(JsonFields.of(RequestBody.json(request)), engine, admin);
        var id = order.words().id();
        var there = catalogs.item(engine.info(), id);
        if (there.isPresent() && !isSame(order, engine, there.get())) {
            throw Problem.of(ProblemType.ALREADY_THERE, "Replace it with PUT, or take another id.")
                    .refusal();
        }
        var location = address(engine, id);
        if (there.isPresent()) {
            return reply(201, engine, there.get(), Map.of("Location", location));
        }
        var offered = offer(new Catalogs.Change(engine.info(), id, Optional.empty()), order, engine);
        audit.log(admin, "catalog.added", engine.id() + "/" + id, detail(offered));
        return reply(201, engine, offered, Map.of("Location", location));
    }

    private Reply put(ServerRequest request) {
        var admin = caller.admin(request);
        var engine = ready(request);
        var fields = JsonFields.of(RequestBody.json(request));
        fields.text("id")
                .filter(id -> !id.equals(id(request)))
                .ifPresent(_ -> fields.violate("id", "must be the one in the address"));
        var order = order(fields, engine, admin);
        var id = order.words().id();
        var offered = offer(new Catalogs.Change(engine.info(), id, expected(request)), order, engine);
        audit.log(admin, "catalog.replaced", engine.id() + "/" + id, detail(offered));
        return reply(200, engine, offered, Map.of());
    }

    private Reply remove(ServerRequest request) {
        var admin = caller.admin(request);
        var engine = ready(request).info();
        var named =
                catalogs.item(engine, id(request)).flatMap(OfferedItem::scan).map(MaterialJson::version);
        // Before it is withdrawn: what is shown as the item afterwards is another administrator's.
        var shown = scans.shown(engine.id(), id(request), named);
        catalogs.withdraw(new Catalogs.Change(engine, id(request), expected(request)));
        materials.forget(engine.id(), id(request), shown);
        audit.log(admin, "catalog.removed", engine.id() + "/" + id(request), "");
        return Reply.noContent();
    }

    /** An item that is nobody's words for what the engine makes has to show something. */
    private CatalogOrder order(JsonFields fields, LoadedEngine.Ready engine, Identity admin) {
        if (engine.engine() instanceof MaterialEngine && !fields.has("scan")) {
            fields.text("id")
                    .filter(id -> engine.info().item(id).isEmpty()
                            && catalogs.item(engine.info(), id).isEmpty())
                    .ifPresent(_ -> fields.violate("scan", "is required: a new item shows the result of a scan"));
        }
        return CatalogOrder.read(fields, engine, store.results(), admin.subject());
    }

    private boolean isSame(CatalogOrder order, LoadedEngine.Ready engine, OfferedItem there) {
        return order.item(there.item().swatch()).equals(there.item())
                && order.scan()
                        .map(wanted -> there.scan()
                                .flatMap(scan ->
                                        scans.find(engine.id(), there.item().id(), MaterialJson.version(scan)))
                                .filter(material -> material.source().equals(wanted.source()))
                                .isPresent())
                        .orElse(true);
    }

    private OfferedItem offer(Catalogs.Change change, CatalogOrder order, LoadedEngine.Ready engine) {
        if (order.scan().isEmpty()) {
            return catalogs.offer(change, OfferedItem.own(order.words()));
        }
        var made = made(order, engine);
        try {
            var item = new OfferedItem(
                    order.item(List.of(made.color())),
                    Optional.of(made.material().facts()));
            return catalogs.offer(change, item);
        } catch (Refusal refusal) {
            scans.remove(made.material());
            throw refusal;
        }
    }

    private ScannedMaterials.Made made(CatalogOrder order, LoadedEngine.Ready ready) {
        if (!(ready.engine() instanceof MaterialEngine engine)) {
            throw new IllegalStateException("only materials have scans");
        }
        try {
            return scans.make(ready.id(), engine, order.words(), order.scan().orElseThrow());
        } catch (TryOnException failure) {
            if (failure.code() == ErrorCode.INVALID_IMAGE) {
                throw Problem.invalid(List.of(new Problem.Violation("/scan", "is no whole material")))
                        .refusal();
            }
            throw failure;
        }
    }

    private static String detail(OfferedItem offered) {
        return offered.scan()
                .map(scan -> "material " + MaterialJson.version(scan))
                .orElse("");
    }

    /** Returns a version of the material of the item that a request's address names, if people may wear it. */
    Optional<Materials.Offered> material(ServerRequest request, String version) {
        var engine = ready(request);
        return catalogs.item(engine.info(), id(request)).flatMap(item -> materials.find(engine, item, version));
    }

    private JsonObject json(LoadedEngine.Ready engine, OfferedItem item) {
        return item.toJson(materials
                .told(engine, item)
                .map(told -> MaterialJson.at(
                        told, address(engine, item.item().id()) + "/materials/" + MaterialJson.version(told))));
    }

    private static String address(LoadedEngine.Ready engine, String item) {
        return "/api/v1/engines/" + engine.id() + "/catalog/" + item;
    }

    private Reply reply(int status, LoadedEngine.Ready engine, OfferedItem item, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Cache-Control", "no-cache");
        headers.put("ETag", item.tag());
        return Reply.json(status, json(engine, item), headers);
    }

    private static Optional<String> expected(ServerRequest request) {
        return request.headers().first(HeaderNames.IF_MATCH).filter(tag -> !tag.equals("*"));
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("item");
    }

    private LoadedEngine.Ready ready(ServerRequest request) {
        return ready(request.path().pathParameters().get("engine"));
    }

    /** Returns an engine that serves. @throws Refusal if there is none, or it cannot serve */
    LoadedEngine.Ready ready(String id) {
        var engine = engines.find(id)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        return switch (engine) {
            case LoadedEngine.Ready ready -> ready;
            case LoadedEngine.Failed _ ->
                throw Problem.of(ProblemType.ENGINE_UNAVAILABLE).refusal();
        };
    }
}
