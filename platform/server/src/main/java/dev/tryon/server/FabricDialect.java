package dev.tryon.server;

import dev.tryon.server.DialectTextures.Texture;
import dev.tryon.spi.Frame;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code /api/fabric}: the catalogue and the scan of the older fabric backend, on the same engine, catalogue and limits.
 *
 * <p>Anybody may call it, and nothing of a photo is kept. Names are of its style; what it did not say, {@code
 * docs/protocol.md} does. Errors are {@link ErrorStyle#DETAIL}.
 */
final class FabricDialect {
    /** What all its addresses begin with. */
    static final String PATH = "/api/fabric/";

    /** Where photos come in. */
    static final String SCAN = PATH + "scan";

    private static final String ENGINE = "fabric";
    private static final String FILE = "file";
    private static final String OPTIONS = "options";
    private static final int LONGEST_OPTIONS_BYTES = 4096;
    private static final int QUALITY = 94;
    private static final int USUAL_SIZE = 1024;
    private static final String SIZE = "size";
    /** Textures of this size are a quarter of the largest, and all of them go into one answer. */
    private static final int LARGEST_SIZE = 1024;

    /** More than all textures of the largest size have encoded, and one of them in base64 besides. */
    private static final long ANSWER_BYTES = 32L << 20;

    private static final int PHOTOS_AT_A_TIME = 2;
    /** Maps in which a loss shows: directions and edges. */
    private static final Set<String> LOSSLESS = Set.of("normal", "normal-dx", "height", "opacity");
    /** What is told under other names, in the catalogue and of a scan alike. */
    private static final Map<String, String> NAMES = Map.of(
            "class", "class",
            "roughness", "roughness",
            "metalness", "metalness",
            "relief", "relief",
            "widthMillimetres", "width_mm",
            "heightMillimetres", "height_mm",
            "dotsPerInch", "dpi",
            "sheenColor", "sheen_color",
            "sheenRoughness", "sheen_roughness");

    private final ServerSettings.Uploads settings;
    private final CatalogRoutes catalog;
    private final LookReader looks;
    private final BodyMemory memory;
    private final UploadInspector inspector;
    private final FrameCodec codec;
    private final PixelThreads pixels;

    FabricDialect(
            ServerSettings.Uploads settings,
            CatalogRoutes catalog,
            LookReader looks,
            UploadInspector inspector,
            FrameCodec codec,
            PixelThreads pixels) {
        this.settings = settings;
        this.catalog = catalog;
        this.looks = looks;
        this.memory = new BodyMemory(PHOTOS_AT_A_TIME * bytesOfOne(settings));
        this.inspector = inspector;
        this.codec = codec;
        this.pixels = pixels;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH + "catalog", this::list), Route.post(SCAN, this::scan));
    }

    private Reply list(ServerRequest request) {
        var fabrics = Json.createArrayBuilder();
        var items = catalog.items(catalog.ready(ENGINE)).stream()
                .filter(item -> item.containsKey("material"))
                .toList();
        items.forEach(item -> fabrics.add(fabric(item)));
        return Reply.open(
                request,
                Json.createObjectBuilder()
                        .add("fabrics", fabrics)
                        .add("total", items.size())
                        .build());
    }

    private static JsonObject fabric(JsonObject item) {
        var material = item.getJsonObject("material");
        var address = material.getString("address");
        var sizes = MaterialJson.sizes(material);
        var size = sizes.contains(USUAL_SIZE) ? USUAL_SIZE : sizes.getLast();
        var files = address + "/" + size + "/";
        var textures = Json.createObjectBuilder();
        material.getJsonObject("maps")
                .forEach((name, file) -> textures.add(name.replace('-', '_'), files + ((JsonString) file).getString()));
        var json = Json.createObjectBuilder()
                .add("id", item.getString("id"))
                .add("name", item.getString("title"))
                .add("category", item.getString("category"))
                .add("tags", item.getJsonArray("tags"))
                .add("colors", item.getJsonArray("swatch"))
                .add("version", material.getString("version"))
                .add("thumbnail", address + "/thumbnail.jpg")
                .add("size", size)
                .add("textures", textures)
                .add("archive", files + "archive.zip")
                .add("model", files + "material.gltf");
        return renamed(json, material).build();
    }

    private static JsonObjectBuilder renamed(JsonObjectBuilder json, JsonObject facts) {
        new TreeMap<>(NAMES).forEach((name, called) -> {
            if (facts.containsKey(name)) {
                json.add(called, rounded(facts.get(name)));
            }
        });
        return json;
    }

    private static JsonValue rounded(JsonValue value) {
        return value instanceof JsonNumber number
                ? Json.createValue(Math.round(number.doubleValue() * 10_000) / 10_000.0)
                : value;
    }

    private Reply scan(ServerRequest request) {
        var ready = catalog.ready(ENGINE);
        if (!(ready.engine() instanceof ScanEngine engine)) {
            throw Problem.of(ProblemType.ENGINE_UNAVAILABLE).refusal();
        }
        var share = memory.share(bytesOfOne(settings));
        try {
            var form =
                    FormParts.read(request, Map.of(FILE, settings.maxBytes(), OPTIONS, LONGEST_OPTIONS_BYTES), share);
            var look = look(form, ready);
            var file = form.part(FILE).orElseThrow();
            var photo = new UploadForm(UploadForm.Purpose.FABRIC, file.claimedType(), ByteBuffer.wrap(file.bytes()));
            inspector.inspect(photo, Duration.ZERO);
            var told = pixels.inSteps(ENGINE, progress -> {
                try (var frame = codec.decodeUpload(photo.file().duplicate());
                        var scan = engine.scan(frame, look.options(), progress)) {
                    return told(scan);
                }
            });
            return Reply.streamed(
                    200,
                    Reply.JSON,
                    OptionalLong.empty(),
                    Map.of("Cache-Control", "no-store"),
                    new DialectTextures(told.textures(), told.facts(), share));
        } catch (RuntimeException | Error failure) {
            share.close();
            throw failure;
        }
    }

    /** The body twice while it is put together, or what is made of it, which comes later. */
    private static long bytesOfOne(ServerSettings.Uploads settings) {
        return Math.max(2L * settings.maxBytes() + (1 << 16), ANSWER_BYTES);
    }

    private ChosenLook look(FormParts form, LoadedEngine.Ready ready) {
        var violations = new ArrayList<>(form.violations());
        if (form.part(FILE).isEmpty()) {
            violations.add(new Problem.Violation("/" + FILE, "is required"));
        }
        var body = Json.createObjectBuilder();
        form.part(OPTIONS)
                .ifPresent(part -> options(part, violations).ifPresent(options -> body.add(OPTIONS, options)));
        var fields = JsonFields.of(body.build());
        var look = looks.read(fields, ready.info(), "");
        violations.addAll(fields.violations());
        look.map(chosen -> chosen.options().values().get(SIZE))
                .filter(FabricDialect::isTooLarge)
                .ifPresent(_ -> violations.add(new Problem.Violation(
                        "/" + OPTIONS + "/" + SIZE, "must be " + LARGEST_SIZE + " at most here")));
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations).refusal();
        }
        return look.orElseThrow();
    }

    private static boolean isTooLarge(OptionValue size) {
        return size instanceof OptionValue.Text(var text)
                && (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > LARGEST_SIZE);
    }

    private static Optional<JsonObject> options(FormParts.Part part, List<Problem.Violation> violations) {
        try {
            return Optional.of(JsonBody.parse(new String(part.bytes(), StandardCharsets.UTF_8)));
        } catch (MalformedException _) {
            violations.add(new Problem.Violation("/" + OPTIONS, "must be a JSON object"));
            return Optional.empty();
        }
    }

    private record Told(SortedMap<String, Texture> textures, JsonObject facts) {}

    private Told told(Scan scan) {
        var textures = new TreeMap<String, Texture>();
        scan.pictures().forEach((name, picture) -> textures.put(name.replace('-', '_'), encoded(name, picture)));
        var properties = PropertyJson.addAll(Json.createObjectBuilder(), scan.properties())
                .build();
        var json = Json.createObjectBuilder()
                .add("size", scan.pictures().values().iterator().next().width());
        var facts = renamed(json, properties).add("properties", properties).build();
        return new Told(textures, facts);
    }

    private Texture encoded(String name, Frame picture) {
        var format = LOSSLESS.contains(name) ? PictureFormat.PNG : PictureFormat.JPEG;
        return new Texture(format.mediaType(), codec.encode(picture, format, QUALITY));
    }
}
