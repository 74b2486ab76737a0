package dev.tryon.server;

import dev.tryon.compute.ComputeSnapshot;
import dev.tryon.compute.DeviceInfo;
import dev.tryon.compute.NetworkSnapshot;
import dev.tryon.compute.Snapshot;
import dev.tryon.models.ModelStatus;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** How the device stands, as administrators are told. */
final class DeviceJson {
    private static final double NANOS_A_MILLI = 1e6;

    private DeviceJson() {}

    static JsonObject of(Snapshot scheduler, ComputeSnapshot compute, List<ModelStatus> published) {
        return Json.createObjectBuilder()
                .add("scheduler", scheduler(scheduler))
                .add("engines", list(scheduler.engines(), DeviceJson::engine))
                .add("devices", list(compute.devices(), DeviceJson::device))
                .add("networks", list(compute.networks(), DeviceJson::network))
                .add("published", list(published, DeviceJson::published))
                .build();
    }

    private static JsonObjectBuilder scheduler(Snapshot snapshot) {
        var device = snapshot.device();
        var rates = snapshot.rates();
        var json = Json.createObjectBuilder()
                .add("slots", device.shape().slots())
                .add("maxBatch", device.shape().maxBatch())
                .add("slotsBusy", device.busy())
                .add("hung", device.writtenOff())
                .add("stress", rounded(rates.stress()))
                .add("promisedFramesPerSecond", rounded(rates.promisedFramesPerSecond()));
        if (Double.isFinite(rates.capacityFramesPerSecond())) {
            json.add("capacityFramesPerSecond", rounded(rates.capacityFramesPerSecond()));
        }
        return json.add("turnsShare", rounded(rates.turnsShare()))
                .add("capturesWaiting", snapshot.waiting().captures())
                .add("batchesWaiting", snapshot.waiting().batches());
    }

    private static JsonObjectBuilder engine(Snapshot.Engine engine) {
        return Json.createObjectBuilder()
                .add("engine", engine.engine())
                .add("sessions", engine.seats())
                .add("sessionsActive", engine.active())
                .add("framesWaiting", engine.waiting())
                .add("oldestMillis", millis((double) engine.oldestNanos()))
                .add("weight", rounded(engine.weight()))
                .add("resting", engine.resting())
                .add("frames", engine.frames())
                .add("groups", figures(engine.groups(), Function.identity()))
                .add("skipped", figures(engine.dropped(), Function.identity()))
                .add("deviceMillis", figures(engine.deviceNanos(), nanos -> Math.round(nanos / NANOS_A_MILLI)))
                .add("services", figures(engine.services(), Function.identity()))
                .add("costs", list(engine.costs(), cost -> Json.createObjectBuilder()
                        .add("frames", cost.frames())
                        .add("meanMillis", millis(cost.meanNanos()))
                        .add("p95Millis", millis(cost.p95Nanos()))
                        .add("measured", cost.measured())));
    }

    private static JsonObjectBuilder device(DeviceInfo device) {
        var json = Json.createObjectBuilder()
                .add("id", device.id())
                .add("kind", Words.of(device.kind()))
                .add("name", device.name())
                .add("slots", device.slots())
                .add("maxBatch", device.maxBatch());
        device.memory()
                .ifPresent(memory -> json.add("totalBytes", memory.total()).add("freeBytes", memory.free()));
        device.fallback().ifPresent(why -> json.add("fallback", why));
        return json;
    }

    private static JsonObjectBuilder network(NetworkSnapshot network) {
        return Json.createObjectBuilder()
                .add("name", network.name())
                .add("sha256", network.sha256())
                .add("device", network.device())
                .add("state", Words.of(network.state()))
                .add("keep", Words.of(network.keep()))
                .add("joining", network.joining())
                .add("bytes", network.bytes())
                .add("largestBatch", network.largestBatch())
                .add("loads", network.loads())
                .add("evictions", network.evictions())
                .add("outOfMemory", network.outOfMemory())
                .add("failures", network.failures())
                .add("batches", figures(network.batches(), Function.identity()))
                .add("costs", list(network.costs(), cost -> Json.createObjectBuilder()
                        .add("sampleShape", cost.sampleShape())
                        .add("batch", cost.batch())
                        .add("runs", cost.runs())
                        .add("p50Millis", millis(cost.p50()))
                        .add("p95Millis", millis(cost.p95()))));
    }

    private static JsonObjectBuilder published(ModelStatus model) {
        var json = Json.createObjectBuilder()
                .add("name", model.name())
                .add("licence", model.licence())
                .add("bytes", model.bytes())
                .add("present", model.present());
        return switch (model.use()) {
            case ModelStatus.Use.Unused() -> json.add("use", "unused");
            case ModelStatus.Use.Lent(var call) -> json.add("use", "lent").add("callMillis", millis(call));
            case ModelStatus.Use.Refused(var reason) ->
                json.add("use", "refused").add("reason", reason);
        };
    }

    private static <T> JsonArray list(Collection<T> items, Function<T, JsonObjectBuilder> toJson) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        items.forEach(item -> json.add(toJson.apply(item)));
        return json.build();
    }

    /** Figures by a size, or a word. */
    private static JsonObjectBuilder figures(Map<?, Long> figures, Function<Long, Long> shown) {
        var sorted = new TreeMap<String, Long>();
        figures.forEach((what, figure) -> sorted.put(word(what), shown.apply(figure)));
        var json = Json.createObjectBuilder();
        sorted.forEach(json::add);
        return json;
    }

    private static String word(Object what) {
        return what instanceof Enum<?> constant ? Words.of(constant) : what.toString();
    }

    private static double millis(Duration time) {
        return millis((double) time.toNanos());
    }

    private static double millis(double nanos) {
        return rounded(nanos / NANOS_A_MILLI);
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }
}
