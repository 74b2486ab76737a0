package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminListsTest {
    private static final String ADMIN = "/api/v1/admin/";

    private final TestServer server = new TestServer(Map.of());
    private final Person ann = Person.guest(server);
    private final Person bob = Person.guest(server);
    private final Person admin = new Person(server, server.admin());

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonObject> items(String query) {
        var answer = admin.get(ADMIN + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "results", "audit", "users/somebody"})
    void areForAdministrators(String list) {
        isProblem(ann.get(ADMIN + list), 403, "FORBIDDEN");
        isProblem(server.get(ADMIN + list), 401, "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sessions?limit=0",
                "sessions?limit=-5",
                "results?limit=101",
                "results?cursor=nonsense",
                "audit?limit=99999999999999999999",
                "audit?subject=x",
                "results?owner=x"
            })
    void refuseAPageThatThereIsNot(String query) {
        isProblem(admin.get(ADMIN + query), 422, "VALIDATION_FAILED");
    }

    @Test
    void goPageAfterPageThroughTheResultsOfAll() {
        for (int count = 0; count < 4; count++) {
            Holder.keep(server, ann.subject(), "square");
            Holder.keep(server, bob.subject(), "other");
        }
        var seen = new HashSet<String>();
        var address = ADMIN + "results?limit=3";
        for (int size : new int[] {3, 3, 2}) {
            var page = admin.get(address).json();
            assertThat(page.getJsonArray("items")).hasSize(size);
            page.getJsonArray("items")
                    .forEach(item -> seen.add(item.asJsonObject().getString("id")));
            address = ADMIN + "results?limit=3&cursor=" + (size == 3 ? page.getString("nextCursor") : "");
        }
        assertThat(seen).hasSize(8);
        assertThat(items("results?subject=" + ann.subject())).hasSize(4).allMatch(result -> result.getString("subject")
                .equals(ann.subject()));
        assertThat(items("results?subject=" + ann.subject() + "&engine=other")).isEmpty();
        assertThat(items("results?engine=other")).hasSize(4);
    }

    @Test
    void leadToNobodysPictures() {
        var result = Holder.keep(server, ann.subject(), "square");
        ann.session();

        for (var list : List.of("results", "sessions", "users/" + ann.subject())) {
            assertThat(admin.get(ADMIN + list).text()).doesNotContain("url", "files", "look", "ticket", "resumeToken");
        }
        isProblem(admin.get("/api/v1/results/" + result.id()), 404, "NOT_FOUND");
        isProblem(admin.get("/api/v1/results/" + result.id() + "/files/image"), 404, "NOT_FOUND");
    }

    @Test
    void tellHowMuchIsKeptOfSomebody() {
        Holder.keep(server, ann.subject(), "square");
        ann.session();

        var told = admin.get(ADMIN + "users/" + ann.subject()).json();

        assertThat(told.getJsonObject("results").getInt("count")).isOne();
        assertThat(told.getJsonObject("results").getInt("bytes")).isEqualTo(13);
        assertThat(told.getJsonObject("uploads").getInt("count")).isZero();
        assertThat(told.getInt("sessions")).isOne();
        assertThat(told.getBoolean("erased")).isFalse();
        isProblem(admin.get(ADMIN + "users/" + "x".repeat(256)), 404, "NOT_FOUND");
        isProblem(admin.get(ADMIN + "users/a%00b"), 404, "NOT_FOUND");
    }

    @Test
    void areTheWayToRemoveAThing() {
        var result = Holder.keep(server, ann.subject(), "square");
        var session = ann.session().header("location");
        var id = session.substring(session.lastIndexOf('/') + 1);
        assertThat(items("sessions")).extracting(one -> one.getString("status")).containsExactly("initializing");

        isProblem(ann.delete(ADMIN + "results/" + result.id()), 403, "FORBIDDEN");
        assertThat(admin.delete(ADMIN + "results/" + result.id()).status()).isEqualTo(204);
        assertThat(admin.delete(ADMIN + "sessions/" + id).status()).isEqualTo(204);

        isProblem(ann.get("/api/v1/results/" + result.id()), 404, "NOT_FOUND");
        assertThat(ann.get(session).json().getString("status")).isEqualTo("completed");
        assertThat(server.engine.open).hasValue(0);
        isProblem(admin.delete(ADMIN + "results/" + result.id()), 404, "NOT_FOUND");
        isProblem(admin.delete(ADMIN + "sessions/" + id), 404, "NOT_FOUND");
        isProblem(admin.delete(ADMIN + "sessions/..%2f..%2f"), 404, "NOT_FOUND");
        assertThat(items("audit"))
                .extracting(entry -> entry.getString("action"))
                .containsExactlyInAnyOrder("session.ended", "result.deleted");
    }
}
