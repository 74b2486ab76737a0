package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogEditingTest {
    private static final String CATALOG = "/api/v1/engines/square/catalog";

    private final TestServer server = new TestServer(Map.of());
    private final Person ann = Person.guest(server);
    private final Person admin = new Person(server, server.admin());

    @AfterEach
    void stop() {
        server.close();
    }

    private static String item(String id, String title, String color) {
        return """
                {"id":"%s","title":"%s","category":"Reds","tags":["new"],"swatch":["%3$s"],
                "options":{"color":"%3$s"}}""".formatted(id, title, color);
    }

    private List<String> ids() {
        return server.get(CATALOG).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    private String wornColor(String item) {
        var session = ann.post("/api/v1/sessions", """
                        {"engine":"square","look":{"item":"%s"}}""".formatted(item));
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        return ann.get(session.header("location"))
                .json()
                .getJsonObject("look")
                .getJsonObject("options")
                .getString("color");
    }

    @Test
    void addsAnItemThatPeopleSeeAndWear() {
        var added = admin.post(CATALOG, item("plum", "Plum", "#502030"));

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.header("location")).isEqualTo(CATALOG + "/plum");
        assertThat(ids()).containsExactly("cherry", "mint", "plum");
        var told = server.get(CATALOG + "/plum");
        assertThat(told.json()).isEqualTo(added.json());
        assertThat(told.header("etag")).isEqualTo(added.header("etag")).matches("\"[0-9a-f]{32}\"");
        assertThat(wornColor("plum")).isEqualToIgnoringCase("#502030");
    }

    @Test
    void sendsTheCatalogueAnewOnlyIfItHasChanged() {
        var tag = server.get(CATALOG).header("etag");

        assertThat(server.get(CATALOG, "If-None-Match", tag).status()).isEqualTo(304);
        admin.post(CATALOG, item("plum", "Plum", "#502030"));
        assertThat(server.get(CATALOG, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void addsAnItemOnce() {
        admin.post(CATALOG, item("plum", "Plum", "#502030"));

        assertThat(admin.post(CATALOG, item("plum", "Plum", "#502030")).status())
                .isEqualTo(201);
        isProblem(admin.post(CATALOG, item("plum", "Another", "#502030")), 409, "ALREADY_THERE");
        isProblem(admin.post(CATALOG, item("cherry", "Another", "#502030")), 409, "ALREADY_THERE");
        assertThat(ids()).hasSize(3);
    }

    @Test
    void namesEverythingThatIsWrongWithAnItem() {
        var answer = admin.post(CATALOG, """
                {"id":"Plum!","title":"%s","tags":[1],"swatch":[],"options":{"color":"no","glow":1},"extra":1}""".formatted("x".repeat(101)));

        isProblem(answer, 422, "VALIDATION_FAILED");
        assertThat(answer.json().getJsonArray("errors").stream()
                        .map(error -> error.asJsonObject().getString("pointer")))
                .contains(
                        "/id",
                        "/title",
                        "/category",
                        "/tags/0",
                        "/swatch",
                        "/options/color",
                        "/options/glow",
                        "/extra");
        var other = admin.put(CATALOG + "/plum", item("pear", "Pear", "#502030"));
        isProblem(other, 422, "VALIDATION_FAILED");
        assertThat(other.text()).contains("\"/id\"");
        isProblem(admin.put(CATALOG + "/..%2fplum", item("../plum", "Plum", "#502030")), 404, "NOT_FOUND");
        assertThat(ids()).containsExactly("cherry", "mint");
    }

    @Test
    void refusesAChangeOfWhatWasChangedMeanwhile() {
        var first = admin.post(CATALOG, item("plum", "Plum", "#502030")).header("etag");
        var second = admin.put(CATALOG + "/plum", item("plum", "Plum", "#603040"), "If-Match", first);
        assertThat(second.status()).isEqualTo(200);

        isProblem(
                admin.put(CATALOG + "/plum", item("plum", "Lost", "#000000"), "If-Match", first),
                412,
                "PRECONDITION_FAILED");
        isProblem(admin.delete(CATALOG + "/plum", "If-Match", first), 412, "PRECONDITION_FAILED");
        isProblem(
                admin.put(CATALOG + "/none", item("none", "None", "#000000"), "If-Match", first),
                412,
                "PRECONDITION_FAILED");

        assertThat(server.get(CATALOG + "/plum").json().getString("title")).isEqualTo("Plum");
        assertThat(admin.delete(CATALOG + "/plum", "If-Match", second.header("etag"))
                        .status())
                .isEqualTo(204);
        assertThat(ids()).containsExactly("cherry", "mint");
    }

    @Test
    void hidesAnItemOfTheEnginesOwnAndBringsItBack() {
        var own = server.get(CATALOG + "/cherry").json();

        assertThat(admin.delete(CATALOG + "/cherry").status()).isEqualTo(204);

        assertThat(ids()).containsExactly("mint");
        isProblem(server.get(CATALOG + "/cherry"), 404, "NOT_FOUND");
        isProblem(admin.delete(CATALOG + "/cherry"), 404, "NOT_FOUND");
        isProblem(
                ann.post("/api/v1/sessions", "{\"engine\":\"square\",\"look\":{\"item\":\"cherry\"}}"),
                422,
                "VALIDATION_FAILED");
        assertThat(admin.put(CATALOG + "/cherry", own.toString()).status()).isEqualTo(200);
        assertThat(server.get(CATALOG + "/cherry").json()).isEqualTo(own);
        assertThat(ids()).containsExactly("cherry", "mint");
    }

    @Test
    void putsAnItemInThePlaceOfTheEnginesOwn() {
        admin.put(CATALOG + "/mint", item("mint", "Cold mint", "#112233"));

        assertThat(ids()).containsExactly("cherry", "mint");
        assertThat(server.get(CATALOG + "/mint").json().getString("title")).isEqualTo("Cold mint");
        assertThat(wornColor("mint")).isEqualToIgnoringCase("#112233");
    }

    @Test
    void isForAdministratorsAndWrittenDown() {
        isProblem(ann.post(CATALOG, item("plum", "Plum", "#502030")), 403, "FORBIDDEN");
        isProblem(ann.put(CATALOG + "/mint", item("mint", "Plum", "#502030")), 403, "FORBIDDEN");
        isProblem(ann.delete(CATALOG + "/mint"), 403, "FORBIDDEN");
        isProblem(server.delete(CATALOG + "/mint"), 401, "UNAUTHENTICATED");
        assertThat(ids()).containsExactly("cherry", "mint");

        admin.post(CATALOG, item("plum", "Plum", "#502030"));
        admin.put(CATALOG + "/plum", item("plum", "Plum", "#603040"));
        admin.delete(CATALOG + "/plum");

        assertThat(admin.get("/api/v1/admin/audit").json().getJsonArray("items"))
                .extracting(entry -> entry.asJsonObject().getString("action") + " "
                        + entry.asJsonObject().getString("target"))
                .containsExactlyInAnyOrder(
                        "catalog.removed square/plum", "catalog.replaced square/plum", "catalog.added square/plum");
    }
}
