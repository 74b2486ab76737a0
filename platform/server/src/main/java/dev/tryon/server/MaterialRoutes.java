package dev.tryon.server;

import dev.tryon.server.MaterialCache.CachedFile;
import dev.tryon.server.Materials.Offered;
import dev.tryon.store.StoreException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of the materials in catalogues: open to anybody, and never another thing under the same address. */
final class MaterialRoutes {
    private static final String PATH = "/api/v1/engines/{engine}/catalog/{item}/materials/{version}";
    private static final String ARCHIVE = "archive.zip";
    private static final int TAG_LENGTH = 32;
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "jpg", "image/jpeg",
            "png", "image/png",
            "gltf", "model/gltf+json",
            "bin", "application/octet-stream",
            "mtlx", "application/xml",
            "u3m", "application/json",
            "txt", "text/plain; charset=utf-8");

    private final CatalogRoutes catalog;
    private final Materials materials;

    MaterialRoutes(CatalogRoutes catalog, Materials materials) {
        this.catalog = catalog;
        this.materials = materials;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH + "/thumbnail.jpg", this::thumbnail), Route.get(PATH + "/{size}/{file}", this::file));
    }

    private Reply thumbnail(ServerRequest request) {
        var file = materials.thumbnail(offered(request));
        return whole(request, file, "image/jpeg", "thumbnail.jpg");
    }

    private Reply file(ServerRequest request) {
        var parameters = request.path().pathParameters();
        var offered = offered(request);
        var sizes = MaterialJson.sizes(offered.told());
        var size = sizes.stream()
                .filter(made -> String.valueOf(made).equals(parameters.get("size")))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "Its sizes are " + sizes + ".")
                        .refusal());
        var name = parameters.get("file");
        var archive = materials.archive(offered, size);
        return name.equals(ARCHIVE)
                ? whole(request, archive, "application/zip", offered.item() + "-" + size + ".zip")
                : part(request, archive, name);
    }

    private Offered offered(ServerRequest request) {
        return catalog.material(request, request.path().pathParameters().get("version"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }

    private static Reply whole(ServerRequest request, CachedFile file, String mediaType, String name) {
        return FileReply.shared(
                request,
                new FileReply.Sent(
                        "\"" + file.digest().substring(0, TAG_LENGTH) + "\"",
                        mediaType,
                        file.bytes(),
                        name,
                        (first, bytes, out) -> {
                            try (var content = Files.newInputStream(file.path())) {
                                FileReply.copy(content, first, bytes, out);
                            }
                        }));
    }

    private static Reply part(ServerRequest request, CachedFile archive, String name) {
        var entry = entry(archive, name);
        return FileReply.shared(
                request,
                new FileReply.Sent(
                        "\"" + archive.digest().substring(0, TAG_LENGTH) + "-"
                                + HexFormat.of().toHexDigits((int) entry.getCrc()) + "\"",
                        MEDIA_TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"),
                        entry.getSize(),
                        name,
                        (first, bytes, out) -> {
                            try (var zip = new ZipFile(archive.path().toFile());
                                    var content = zip.getInputStream(entry)) {
                                FileReply.copy(content, first, bytes, out);
                            }
                        }));
    }

    private static ZipEntry entry(CachedFile archive, String name) {
        try (var zip = new ZipFile(archive.path().toFile())) {
            var entry = zip.getEntry(name);
            if (entry == null) {
                throw Problem.of(ProblemType.NOT_FOUND, "archive.zip has all the files that there are.")
                        .refusal();
            }
            return entry;
        } catch (IOException failure) {
            throw new StoreException("the archive " + archive.path() + " cannot be read", failure);
        }
    }
}
