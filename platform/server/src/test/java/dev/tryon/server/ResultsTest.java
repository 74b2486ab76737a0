package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultsTest {
    private static final String RESULTS = "/api/v1/results";

    private TestServer server;
    private Person person;

    @BeforeAll
    void start() {
        server = new TestServer(Map.of());
    }

    @BeforeEach
    void somebodyNew() {
        person = Person.guest(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String image() {
        return RESULTS + "/" + Holder.keep(server, person.subject(), "square").id() + "/files/image";
    }

    private List<String> ids(String address) {
        return person.get(address).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void tellsAResultToItsOwnerAlone() {
        var result = Holder.keep(server, person.subject(), "square");
        var address = RESULTS + "/" + result.id();

        assertThat(person.get(address).json()).isEqualTo(ResultJson.of(result));
        var other = Person.guest(server);
        isProblem(other.get(address), 404, "NOT_FOUND");
        isProblem(other.get(address + "/files/image"), 404, "NOT_FOUND");
        isProblem(other.delete(address), 404, "NOT_FOUND");
        assertThat(person.delete(address).status()).isEqualTo(204);
        isProblem(person.get(address), 404, "NOT_FOUND");
        isProblem(person.get(address + "/files/image"), 404, "NOT_FOUND");
    }

    @Test
    void listsPageAfterPageEachResultOnce() {
        for (int count = 0; count < 7; count++) {
            Holder.keep(server, person.subject(), "square");
        }
        var seen = new HashSet<String>();
        var address = RESULTS + "?limit=3";
        for (int size : new int[] {3, 3, 1}) {
            var page = person.get(address).json();
            assertThat(page.getJsonArray("items")).hasSize(size);
            page.getJsonArray("items")
                    .forEach(item -> seen.add(item.asJsonObject().getString("id")));
            if (size < 3) {
                assertThat(page.get("nextCursor")).isEqualTo(JsonValue.NULL);
            } else {
                address = RESULTS + "?limit=3&cursor=" + page.getString("nextCursor");
            }
        }
        assertThat(seen).hasSize(7);
    }

    @Test
    void hasNoNextPageAfterOneThatIsJustFull() {
        Holder.keep(server, person.subject(), "square");

        assertThat(person.get(RESULTS + "?limit=1").json().get("nextCursor")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void listsOneEngineAlone() {
        var square = Holder.keep(server, person.subject(), "square");
        Holder.keep(server, person.subject(), "other");

        assertThat(ids(RESULTS + "?engine=square")).containsExactly(square.id().toString());
        assertThat(ids(RESULTS + "?engine=none")).isEmpty();
    }

    @Test
    void showsNothingOfOthersThroughTheirCursors() {
        for (int count = 0; count < 3; count++) {
            Holder.keep(server, person.subject(), "square");
        }
        var cursor = person.get(RESULTS + "?limit=1").json().getString("nextCursor");
        var other = Person.guest(server);

        assertThat(other.get(RESULTS + "?cursor=" + cursor).json().getJsonArray("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=101",
                "limit=99999999999999999999",
                "limit=ten",
                "limit=",
                "limit=1&limit=2",
                "cursor=",
                "cursor=%00",
                "cursor=nonsense",
                "cursor=MjAyMC0wMS0wMVQwMDowMDowMFogAGE",
                "cursor=KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaIGE",
                "sort=name"
            })
    void refusesAPageThatThereIsNot(String query) {
        isProblem(person.get(RESULTS + "?" + query), 422, "VALIDATION_FAILED");
    }

    @Test
    void sendsAFileThatABrowserAsksForAgain() {
        var answer = person.get(image());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo(Holder.IMAGE);
        assertThat(answer.header("content-type")).isEqualTo("image/jpeg");
        assertThat(answer.header("content-length")).isEqualTo("10");
        assertThat(answer.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(answer.header("vary")).isEqualTo("Authorization");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("content-disposition"))
                .matches("inline; filename=\"result-[0-9a-f-]{36}-image\\.jpg\"");
    }

    @Test
    void sendsNothingThatABrowserHasAlready() {
        var image = image();
        var tag = person.get(image).header("etag");

        var again = person.get(image, "If-None-Match", "\"other\", " + tag);

        assertThat(tag).matches("\"[0-9a-f-]{36}\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(person.get(image, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 206, 0, bytes 0-0/10",
        "bytes=2-4, 206, 234, bytes 2-4/10",
        "bytes=7-, 206, 789, bytes 7-9/10",
        "bytes=8-99, 206, 89, bytes 8-9/10",
        "bytes=-2, 206, 89, bytes 8-9/10",
        "bytes=-99, 206, 0123456789, bytes 0-9/10",
        "'bytes=0-1,3-4', 200, 0123456789, ''",
        "bytes=4-2, 200, 0123456789, ''",
        "nonsense, 200, 0123456789, ''"
    })
    void sendsARangeOfAFile(String range, int status, String text, String told) {
        var answer = person.get(image(), "Range", range);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.header("content-range")).isEqualTo(told);
        assertThat(answer.header("content-length")).isEqualTo(String.valueOf(text.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=99-100", "bytes=-0"})
    void refusesARangeBeyondTheFile(String range) {
        isProblem(person.get(image(), "Range", range), 416, "RANGE_NOT_SATISFIABLE");
    }

    @Test
    void sendsTheWholeFileWhereTheRangeIsOfAnother() {
        assertThat(person.get(image(), "Range", "bytes=0-0", "If-Range", "\"other\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersHeadWithoutTheFile() {
        var answer = person.head(image());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-length")).isEqualTo("10");
        assertThat(answer.response().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nothing", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "image%00", "IMAGE", "image.jpg", "%2fimage"
            })
    void findsNoFileByAnotherName(String name) {
        var answer = person.get(image().replaceAll("image$", name));

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("Exception", "root:");
    }
}
