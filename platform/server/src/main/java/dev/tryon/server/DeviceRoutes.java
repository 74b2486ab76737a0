package dev.tryon.server;

import dev.tryon.compute.TraceLines;
import io.helidon.webserver.http.ServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /admin/devices}: how the device is shared just now, and what was decided lately. */
final class DeviceRoutes {
    private static final String LINES = "application/jsonl";

    private final Caller caller;
    private final SharedDevice device;

    DeviceRoutes(Caller caller, SharedDevice device) {
        this.caller = caller;
        this.device = device;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/admin/devices", this::devices),
                Route.get("/api/v1/admin/devices/trace", this::trace));
    }

    private Reply devices(ServerRequest request) {
        caller.admin(request);
        return Reply.ok(DeviceJson.of(device.snapshot(), device.compute(), device.published()));
    }

    private Reply trace(ServerRequest request) {
        caller.admin(request);
        var lines = device.scheduler().trace().stream()
                .map(entry -> TraceLines.write(entry) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        return new Reply(200, Map.of("Cache-Control", "no-store"), new Reply.Body.Whole(LINES, ByteBuffer.wrap(lines)));
    }
}
