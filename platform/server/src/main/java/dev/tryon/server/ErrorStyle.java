package dev.tryon.server;

import dev.tryon.server.Reply.Body;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.Arrays;

/** How an interface says that something went wrong; which one was called, its address tells. */
enum ErrorStyle {
    /** RFC 9457. */
    PROBLEM {
        @Override
        Body.Whole body(Problem problem) {
            return new Body.Whole(Problem.MEDIA_TYPE, Reply.bytes(problem.toJson()));
        }
    },
    /** {@code {"detail": …}}, as FastAPI has it: a sentence, or what is wrong with each field. */
    DETAIL {
        @Override
        Body.Whole body(Problem problem) {
            return new Body.Whole(
                    Reply.JSON,
                    Reply.bytes(Json.createObjectBuilder()
                            .add("detail", detail(problem))
                            .build()));
        }
    };

    static ErrorStyle of(ServerRequest request) {
        // The routing's own path is what is left of it below the last thing registered.
        return of(request.prologue().uriPath().path());
    }

    /** Returns the style of an address. */
    static ErrorStyle of(String path) {
        return path.startsWith(FabricDialect.PATH) ? DETAIL : PROBLEM;
    }

    /** Returns what is sent. */
    abstract Body.Whole body(Problem problem);

    private static JsonValue detail(Problem problem) {
        if (problem.errors().isEmpty()) {
            return Json.createValue(problem.title()
                    + problem.suggestion().map(text -> " " + text).orElse(""));
        }
        var details = Json.createArrayBuilder();
        problem.errors().forEach(error -> {
            var place = Json.createArrayBuilder().add("body");
            Arrays.stream(error.pointer().substring(1).split("/", -1)).forEach(place::add);
            details.add(Json.createObjectBuilder()
                    .add("loc", place)
                    .add("msg", error.detail())
                    .add("type", "value_error"));
        });
        return details.build();
    }
}
