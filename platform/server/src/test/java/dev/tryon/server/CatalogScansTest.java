package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.spi.ErrorCode;
import dev.tryon.store.Filter;
import dev.tryon.store.Material;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogScansTest {
    private static final String CATALOG = "/api/v1/engines/weave/catalog";
    private static final String ITEM = CATALOG + "/jeans";

    @TempDir
    private Path dataDir;

    private final WeaveEngine weave = new WeaveEngine();
    private TestServer server;
    private Person ann;
    private Person admin;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of("data-dir", dataDir.toString()), weave);
        ann = Person.guest(server);
        admin = new Person(server, server.admin());
    }

    @AfterEach
    void stop() {
        weave.gate.release(100);
        server.close();
        assertThat(server.server.framesInUse()).isZero();
    }

    /** Lets somebody scan a photo. @return the result's id */
    private static String scan(Person person, String mood) {
        var upload = person.upload(Pictures.small(), "fabric").json().getString("id");
        var job = person.post("/api/v1/jobs", """
                        {"kind":"scan","engine":"weave","inputs":{"fabric":"%s"},"look":{"options":{"mood":"%s"}}}""".formatted(upload, mood), "Prefer", "wait=20");
        assertThat(job.status()).as(job.text()).isEqualTo(200);
        return job.json().getString("resultId");
    }

    private static String item(String id, String more) {
        return """
                {"id":"%s","title":"Jeans","category":"Denim","tags":["blue"]%s}""".formatted(id, more);
    }

    private static String scanned(String result) {
        return item("jeans", ",\"scan\":\"" + result + "\"");
    }

    private Answer added(String result) {
        var answer = admin.post(CATALOG, scanned(result));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static JsonObject material(Answer answer) {
        return answer.json().getJsonObject("material");
    }

    private String gltf(String address) {
        return server.get(address + "/32/material.gltf").text();
    }

    private List<Material> kept() {
        return server.server.store().materials().list(Filter.all(), Optional.empty(), 100);
    }

    @Test
    void addsAScanThatEverybodySees() {
        var answer = added(scan(admin, "calm"));

        var told = server.get(ITEM);
        assertThat(told.json()).isEqualTo(answer.json());
        assertThat(told.header("etag")).isEqualTo(answer.header("etag"));
        assertThat(told.json().getJsonArray("swatch")).hasToString("[\"#c80000\"]");
        var material = material(told);
        assertThat(material.getString("class")).isEqualTo("denim");
        assertThat(material.getInt("widthMillimetres")).isEqualTo(50);
        assertThat(material.getJsonArray("sizes")).hasToString("[32]");
        var address = material.getString("address");
        assertThat(address).isEqualTo(ITEM + "/materials/" + material.getString("version"));
        assertThat(gltf(address)).isEqualTo("Jeans, relief 1.0, roughness 1.0");
        assertThat(server.get(address + "/thumbnail.jpg").status()).isEqualTo(200);
        isProblem(server.get(address + "/16/archive.zip"), 404, "NOT_FOUND");
        assertThat(server.get(CATALOG).json().getJsonArray("items")).hasSize(2).contains(told.json());
    }

    @Test
    void keepsAScanWhoseResultIsGone() {
        var result = scan(admin, "calm");
        var address = material(added(result)).getString("address");

        assertThat(admin.delete("/api/v1/results/" + result).status()).isEqualTo(204);
        server.clock.advance(Duration.ofDays(400));
        server.server.store().sweep();
        server.server.materials().sweep();

        isProblem(admin.get("/api/v1/results/" + result), 404, "NOT_FOUND");
        assertThat(gltf(address)).startsWith("Jeans");
    }

    @Test
    void addsAScanOnce() {
        var result = scan(admin, "calm");
        added(result);
        added(result);

        assertThat(kept()).hasSize(1);
        isProblem(admin.post(CATALOG, scanned(scan(admin, "calm"))), 409, "ALREADY_THERE");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void changesItsSurfaceAsTheAdministratorSays() {
        var answer = admin.post(
                CATALOG,
                item(
                        "jeans",
                        ",\"swatch\":[\"#102030\"],\"relief\":1.5,\"roughness\":0.5,\"scan\":\"" + scan(admin, "calm")
                                + "\""));

        assertThat(answer.json().getJsonArray("swatch")).hasToString("[\"#102030\"]");
        assertThat(gltf(material(answer).getString("address"))).isEqualTo("Jeans, relief 1.5, roughness 0.5");
    }

    @Test
    void putsAnotherScanInItsPlaceAndKeepsTheFormerForOpenPages() {
        var first = material(added(scan(admin, "calm"))).getString("address");
        var replaced = admin.put(ITEM, scanned(scan(admin, "calm")));
        var second = material(replaced).getString("address");

        assertThat(second).isNotEqualTo(first);
        assertThat(material(server.get(ITEM)).getString("address")).isEqualTo(second);
        assertThat(gltf(first)).startsWith("Jeans");
        server.clock.advance(Duration.ofHours(2));
        server.server.materials().sweep();
        server.clock.advance(Duration.ofDays(2));
        assertThat(gltf(first)).startsWith("Jeans");

        server.clock.advance(Duration.ofDays(1).plusMinutes(1));
        server.server.store().sweep();

        isProblem(server.get(first + "/32/material.gltf"), 404, "NOT_FOUND");
        assertThat(gltf(second)).startsWith("Jeans");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void keepsItsScanWhileItsWordsChange() {
        var added = added(scan(admin, "calm"));

        var renamed = admin.put(
                ITEM,
                item("jeans", ",\"swatch\":[\"#102030\"]").replace("Jeans", "Old jeans"),
                "If-Match",
                added.header("etag"));

        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(renamed.json().getString("title")).isEqualTo("Old jeans");
        assertThat(material(renamed)).isEqualTo(material(added));
        isProblem(
                admin.put(ITEM, scanned(scan(admin, "calm")), "If-Match", added.header("etag")),
                412,
                "PRECONDITION_FAILED");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void removesAScanWithItsFiles() {
        var address = material(added(scan(admin, "calm"))).getString("address");
        gltf(address);

        assertThat(admin.delete(ITEM).status()).isEqualTo(204);

        isProblem(server.get(ITEM), 404, "NOT_FOUND");
        isProblem(server.get(address + "/32/material.gltf"), 404, "NOT_FOUND");
        assertThat(kept()).isEmpty();
        assertThat(dataDir.resolve("cache/materials")).isEmptyDirectory();
    }

    @Test
    void showsAScanInThePlaceOfWhatTheEngineMakesUntilItIsRemoved() {
        var own = server.get(CATALOG + "/plain").json();
        admin.put(CATALOG + "/plain", item("plain", ",\"scan\":\"" + scan(admin, "calm") + "\""));
        assertThat(gltf(material(server.get(CATALOG + "/plain")).getString("address")))
                .startsWith("Jeans");

        admin.delete(CATALOG + "/plain");
        var back = admin.put(CATALOG + "/plain", item("plain", ",\"swatch\":[\"#102030\"]"));

        assertThat(material(back)).isEqualTo(own.getJsonObject("material"));
        assertThat(gltf(material(back).getString("address"))).isEqualTo("plain of 32");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | /scan",
                ",\"swatch\":[\"#102030\"] | /scan",
                ",\"scan\":\"019aa0de-0000-7000-8000-000000000000\" | /scan",
                ",\"scan\":\"mine\" | /scan",
                ",\"scan\":7 | /scan",
                ",\"relief\":2,\"swatch\":[\"#102030\"] | /relief",
                ",\"scan\":\"SCAN\",\"relief\":3.5 | /relief",
                ",\"scan\":\"SCAN\",\"roughness\":\"low\" | /roughness",
                ",\"scan\":\"SCAN\",\"swatch\":[] | /swatch",
                ",\"scan\":\"SCAN\",\"material\":{} | /material",
                ",\"scan\":\"CAPTURE\" | /scan",
                ",\"scan\":\"ANOTHERS\" | /scan",
                ",\"scan\":\"HOLED\" | /scan"
            })
    void namesWhatIsWrongWithAScan(String more, String pointer) {
        var body = item(
                "jeans",
                more.replace("SCAN", more.contains("SCAN") ? scan(admin, "calm") : "")
                        .replace("HOLED", more.contains("HOLED") ? scan(admin, "holed") : "")
                        .replace(
                                "CAPTURE",
                                Holder.keep(server, "tryon:admin", "weave").id().toString())
                        .replace("ANOTHERS", more.contains("ANOTHERS") ? scan(ann, "calm") : ""));

        var answer = admin.post(CATALOG, body);

        isProblem(answer, 422, "VALIDATION_FAILED");
        assertThat(answer.json().getJsonArray("errors"))
                .anySatisfy(error ->
                        assertThat(error.asJsonObject().getString("pointer")).isEqualTo(pointer));
        assertThat(kept()).isEmpty();
    }

    @Test
    void doesNotTellAnothersScanFromOneThatIsNotThere() {
        var anothers = admin.post(CATALOG, scanned(scan(ann, "calm")));
        var unknown = admin.post(CATALOG, scanned("019aa0de-0000-7000-8000-000000000000"));

        isProblem(anothers, 422, "VALIDATION_FAILED");
        assertThat(anothers.json().getJsonArray("errors"))
                .isEqualTo(unknown.json().getJsonArray("errors"));
        var own = ",\"swatch\":[\"#102030\"],\"scan\":\"";
        isProblem(
                admin.put(CATALOG + "/plain", item("plain", own + scan(ann, "calm") + "\"")), 422, "VALIDATION_FAILED");
        assertThat(kept()).isEmpty();
    }

    @Test
    void knowsNoScansWhereAnEngineMakesNoMaterials() {
        var answer = admin.post(
                "/api/v1/engines/square/catalog",
                item("plum", ",\"swatch\":[\"#102030\"],\"scan\":\"019aa0de-0000-7000-8000-000000000000\""));

        isProblem(answer, 422, "VALIDATION_FAILED");
        assertThat(answer.text()).contains("\"/scan\"");
    }

    @Test
    void isForAdministratorsAndWrittenDown() {
        var result = scan(admin, "calm");
        isProblem(ann.post(CATALOG, scanned(result)), 403, "FORBIDDEN");

        var version = material(added(result)).getString("version");

        assertThat(admin.get("/api/v1/admin/audit")
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("detail"))
                .isEqualTo("material " + version);
    }

    @Test
    void handsAScanToItsOwnerAsAnArchive() {
        var archive = "/api/v1/results/" + scan(ann, "calm") + "/archive";

        var answer = ann.get(archive + "?relief=0.5");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/zip");
        assertThat(answer.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(answer.text()).contains("relief 0.5, roughness 1.0");
        assertThat(ann.get(archive + "?relief=0.5", "If-None-Match", answer.header("etag"))
                        .status())
                .isEqualTo(304);
        assertThat(ann.get(archive, "If-None-Match", answer.header("etag")).status())
                .isEqualTo(200);
        isProblem(Person.guest(server).get(archive), 404, "NOT_FOUND");
        isProblem(server.get(archive), 401, "UNAUTHENTICATED");
        for (var query : new String[] {"relief=3.1", "relief=-1", "roughness=2.5", "relief=1&relief=1", "gloss=1"}) {
            isProblem(ann.get(archive + "?" + query), 422, "VALIDATION_FAILED");
        }
        isProblem(
                ann.get("/api/v1/results/"
                        + Holder.keep(server, ann.subject(), "weave").id() + "/archive"),
                404,
                "NOT_FOUND");
        isProblem(ann.get("/api/v1/results/" + scan(ann, "holed") + "/archive"), 422, ErrorCode.INVALID_IMAGE.name());
    }

    @Test
    void makesNothingWhereOnlyHeadersOfAnArchiveAreWanted() {
        var archive = "/api/v1/results/" + scan(ann, "calm") + "/archive";

        var head = ann.head(archive);

        assertThat(head.status()).isEqualTo(200);
        assertThat(weave.scanned).hasValue(0);
        var whole = ann.get(archive, "Range", "bytes=3-6");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("etag")).isEqualTo(head.header("etag"));
        assertThat(whole.response().headers().firstValue("accept-ranges")).isEmpty();
        assertThat(whole.text()).contains("relief 1.0");
    }

    @Test
    void makesOneArchiveAtATimeForEachOwner() {
        var archive = "/api/v1/results/" + scan(ann, "calm") + "/archive";
        weave.waits.set(true);
        var first = CompletableFuture.supplyAsync(() -> ann.get(archive), Thread::startVirtualThread);
        TestServer.until(() -> weave.scanned.get() == 1);

        var second = ann.get(archive);

        isProblem(second, 503, ErrorCode.SERVER_BUSY.name());
        assertThat(second.json().getInt("retryAfterMs")).isPositive();
        weave.gate.release();
        assertThat(first.join().status()).isEqualTo(200);
        weave.waits.set(false);
        TestServer.until(() -> ann.get(archive).status() == 200);
    }

    @Test
    void servesNothingOfAScanThatIsGoneThoughItsFilesLieHere() {
        admin.put(CATALOG + "/plain", item("plain", ",\"scan\":\"" + scan(admin, "calm") + "\""));
        var address = material(server.get(CATALOG + "/plain")).getString("address");
        gltf(address);
        var files = dataDir.resolve("cache/materials");
        assertThat(files).isNotEmptyDirectory();

        // As another node removes it.
        server.server.store().materials().remove(kept().getFirst().id(), "");

        isProblem(server.get(address + "/32/archive.zip"), 404, "NOT_FOUND");
        server.server.materials().sweep();
        assertThat(files).isEmptyDirectory();
    }

    @Test
    void removesNothingThatAnotherAdministratorIsAboutToShow() {
        added(scan(admin, "calm"));
        var named = kept().getFirst();
        // Kept, and not named yet, as in the midst of another request.
        var draft = Material.draft(
                UUID.fromString("019aa0de-0000-7000-8000-000000000001"),
                "weave",
                "jeans",
                "another",
                named.facts(),
                server.clock.clocks().now());
        server.server.store().materials().keep(draft, List.of());

        admin.delete(ITEM);

        assertThat(kept()).extracting(Material::id).containsExactly(draft.id());
    }
}
