package dev.tryon.server;

import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.VideoCodec;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import jakarta.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server is made of, built in order and given back in the reverse. */
final class Rooms implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration RETIRE_EVERY = Duration.ofMinutes(10);
    private static final Duration SWEEP_EVERY = Duration.ofMillis(200);
    /** Far longer than a picture takes, and a little longer than the largest film that is looked into. */
    private static final Duration PIXELS_WITHIN = Duration.ofSeconds(30);

    /** The largest and slowest of all materials, on a device that is busy. */
    private static final Duration MATERIALS_WITHIN = Duration.ofMinutes(3);

    private static final int ANALYSES_AT_A_TIME = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    private final Deque<AutoCloseable> closings = new ConcurrentLinkedDeque<>();
    private final Engines engines;
    private final FrameCodec codec = new FrameCodec();
    private final VideoCodec videos = new VideoCodec();
    private final LiveMetrics metrics = new LiveMetrics();
    private final Store store;
    private final Retention retention;
    private final Access access;
    private final RequestLimits limits;
    private final RequestLog requestLog;
    private final SlowRequests slowRequests;
    private final SharedDevice device;
    private final SessionJournal journal;
    private final LiveSessions sessions;
    private final Captures captures;
    private final LiveEndpoint live;
    private final Materials materials;
    private final Jobs jobs;
    private final List<Route> routes = new ArrayList<>();
    private final Duration lookEvery;
    private final Recent<Boolean> reachable;
    private volatile List<Sweeper> sweepers = List.of();

    /** Builds everything; what is built already is given back if the rest cannot be. */
    Rooms(ServerSettings settings, Clocks clocks, Engines engines) {
        this.lookEvery = settings.sessions().lookEvery();
        try {
            given(codec);
            given(videos);
            given(metrics);
            this.engines = given(engines);
            var ids = new Ids(clocks.wall());
            var node = NodeName.of(settings.files().node(), settings.dataDir());
            var secrets = Secrets.open(settings.auth().key(), settings.dataDir());
            this.store = given(store(settings, node, secrets, clocks));
            checkKey(secrets);
            this.reachable = new Recent<>(store::isReachable, Recent.WHILE, clocks.monotonic());
            this.retention = given(new Retention(store, node, clocks.wall(), metrics));
            this.access = Access.open(settings, secrets, store, ids, clocks);
            this.device = new SharedDevice(settings.live(), engines, engines::compute, clocks);
            var pixels =
                    given(new PixelThreads("request-pixels", 1, PIXELS_WITHIN, device.scheduler(), clocks.monotonic()));
            given(device);
            var cpu = new StageCpu();
            var platform = new LiveSession.LivePlatform(
                    settings.live(),
                    clocks,
                    codec,
                    new FramePath(codec, clocks.monotonic(), cpu),
                    device.scheduler(),
                    metrics);
            this.journal = given(new SessionJournal(store.sessions()));
            journal.finishLeftBehind(node, clocks.now(), settings.sessions().kept());
            this.sessions = new LiveSessions(settings.sessions(), platform, pixels, journal, access.secrets(), node);
            closings.push(sessions::endAll);
            var tickets = new Tickets(clocks, ids, settings.sessions().ticketLifetime());
            var catalogs = new Catalogs(store.catalog(), clocks);
            var looks = new LookReader(LookReader.References.of(store), (engine, id) -> catalogs.item(engine, id)
                    .map(OfferedItem::item));
            var keeper = new ResultKeeper(settings.results(), store.results(), codec, pixels, clocks.wall());
            var materialPixels = given(
                    new PixelThreads("material-pixels", 1, MATERIALS_WITHIN, device.scheduler(), clocks.monotonic()));
            var codes = CodeDigest.ofMaterials(engines);
            var cache = new MaterialCache(
                    settings.dataDir().resolve("cache").resolve("materials"),
                    settings.materials().cacheBytes(),
                    clocks.wall());
            var scans = new ScannedMaterials(
                    store,
                    codec,
                    keeper,
                    materialPixels,
                    ids,
                    clocks.wall(),
                    settings.materials().previousFor());
            this.materials = new Materials(cache, codec, materialPixels, pixels, scans, codes);
            var gate = new LiveGate(settings.listener().allowedOrigins(), tickets, sessions);
            this.jobs = given(new Jobs(
                    settings.jobs(),
                    clocks,
                    ids,
                    store,
                    keeper,
                    new Assignments(engines, looks, store, runners(keeper)),
                    device.scheduler(),
                    new JobMetrics()));
            var premium = new PremiumCaptures(jobs, store, codec, settings.jobs(), clocks.wall());
            this.captures = given(new Captures(keeper, premium, store.results(), codec));
            this.live = new LiveEndpoint(
                    new LiveEndpoint.Services(settings.live(), clocks, gate, sessions, looks, captures, metrics));
            var idempotency = new Idempotency(store.marks(), ids);
            var caller = new Caller(access.identities(), idempotency);
            var requestMetrics = new RequestMetrics(metrics);
            var addresses = new Addresses(settings.listener().trustedProxies());
            this.limits = new RequestLimits(
                    settings.limits(),
                    store.rateLimits(),
                    access.identities(),
                    addresses,
                    access.secrets(),
                    requestMetrics,
                    settings.listener().allowedOrigins());
            var patience = settings.listener().patience();
            this.slowRequests = new SlowRequests(patience.headers(), patience.body(), clocks.monotonic());
            this.requestLog = new RequestLog(ids, clocks.monotonic(), requestMetrics);
            routes.add(Route.get("/health", _ -> health()));
            routes.addAll(new DocumentRoutes().routes());
            routes.addAll(new EngineRoutes(engines).routes());
            routes.addAll(new GuestRoutes(settings.auth(), access.tokens(), addresses, idempotency).routes());
            var catalog = new CatalogRoutes(caller, engines, catalogs, store, materials, scans, access.audit());
            routes.addAll(catalog.routes());
            routes.addAll(new MaterialRoutes(catalog, materials).routes());
            var bodies = new BodyMemory(settings.uploads().memoryBytes());
            var malware = new VirusScan(settings.files().clamd());
            var dialectPixels =
                    given(new PixelThreads("dialect-pixels", 1, PIXELS_WITHIN, device.scheduler(), clocks.monotonic()));
            var dialectInspector = new UploadInspector(malware, codec, videos, dialectPixels);
            routes.addAll(new FabricDialect(settings.uploads(), catalog, looks, dialectInspector, codec, dialectPixels)
                    .routes());
            routes.addAll(new UploadRoutes(
                            settings.uploads(),
                            settings.tiers(),
                            caller,
                            store,
                            new UploadInspector(malware, codec, videos, pixels),
                            bodies,
                            clocks.wall())
                    .routes());
            var quota = new VideoQuota(settings.tiers(), jobs, store.marks(), access.secrets(), clocks.wall());
            var erasing = new Erasing(store, sessions, jobs, quota, access.audit());
            var archivePixels = given(
                    new PixelThreads("archive-pixels", 1, MATERIALS_WITHIN, device.scheduler(), clocks.monotonic()));
            routes.addAll(
                    new ResultRoutes(caller, store, new ResultArchives(engines, codes, store, codec, archivePixels))
                            .routes());
            routes.addAll(new MeRoutes(caller, store, erasing, clocks.wall()).routes());
            routes.addAll(new AdminRoutes(caller, store, sessions, erasing, access.audit()).routes());
            routes.addAll(
                    new SessionRoutes(caller, engines, looks, sessions, tickets, journal, clocks.wall()).routes());
            var events = new JobEvents(jobs, clocks.wall(), settings.jobs().streams());
            routes.addAll(new JobRoutes(
                            caller,
                            new JobOrders(engines, looks, store, settings.tiers()),
                            jobs,
                            events,
                            quota,
                            clocks.wall())
                    .routes());
            routes.addAll(new AdminJobRoutes(caller, jobs, access.audit(), clocks.wall()).routes());
            routes.addAll(new AnalysisRoutes(
                            caller,
                            engines,
                            store,
                            codec,
                            given(new PixelThreads(
                                    "analysis-pixels",
                                    ANALYSES_AT_A_TIME,
                                    settings.jobs().analysisWithin(),
                                    device.scheduler(),
                                    clocks.monotonic())))
                    .routes());
            routes.addAll(
                    new LimitRoutes(caller, settings.limits(), settings.tiers(), limits, access.audit()).routes());
            routes.addAll(new DeviceRoutes(caller, device).routes());
            metrics.gauge("tryon_sessions", "live sessions", sessions::size);
            metrics.gauge("tryon_sessions_unwritten", "sessions whose state is not in the store yet", journal::waiting);
            metrics.gauge("tryon_shown_bytes", "pictures that sessions hold on to, in bytes", sessions::shownBytes);
            metrics.gauge("tryon_connections", "live connections", live::size);
            metrics.gauge("tryon_frames_in_use", "decoded pictures not given back", codec::framesInUse);
            cpu.show(metrics);
            DeviceFigures.show(device, engines, metrics);
        } catch (RuntimeException | Error failure) {
            giveBack(closings);
            throw failure;
        }
    }

    /** A node with a key of its own would take nobody's token, and find nobody's hash, that another node has made. */
    private void checkKey(Secrets secrets) {
        var print = secrets.derive("fingerprint", "");
        if (!store.marks().setIfAbsent("server-key", "", print, FOR_EVER).equals(print)) {
            throw new SettingsException("the database was begun with another server key: set auth.key, or bring back"
                    + " server.key in the data directory");
        }
    }

    private <R extends AutoCloseable> R given(R room) {
        closings.push(room);
        return room;
    }

    private Map<JobKind, JobRunner> runners(ResultKeeper results) {
        return Map.of(
                JobKind.CAPTURE, new CaptureRunner(store, codec, results),
                JobKind.SCAN, new ScanRunner(store, codec, results),
                JobKind.VIDEO, new VideoRunner(store, videos, codec, results));
    }

    private static Store store(ServerSettings settings, String node, Secrets secrets, Clocks clocks) {
        var limits = new Store.Limits(
                node,
                subject -> secrets.derive("erased", subject),
                settings.uploads().bytesPerOwner(),
                settings.results().bytesPerOwner(),
                settings.files().totalBytes());
        try {
            return Store.open(
                    settings.dataDir(), settings.database(), settings.files().store(), limits, clocks.wall());
        } catch (StoreException failure) {
            throw new SettingsException("the store cannot be opened: " + failure.getMessage(), failure);
        }
    }

    List<Route> routes() {
        return routes;
    }

    Access access() {
        return access;
    }

    /** Returns what every request passes through, in this order. */
    List<Filter> filters() {
        return List.of(requestLog, new PageHeaders(), slowRequests, limits);
    }

    /** Returns what is told when headers begin and end. */
    SlowRequests slowRequests() {
        return slowRequests;
    }

    LiveEndpoint live() {
        return live;
    }

    Jobs jobs() {
        return jobs;
    }

    Materials materials() {
        return materials;
    }

    Store store() {
        return store;
    }

    FrameCodec codec() {
        return codec;
    }

    /** Returns what shows health and figures under {@code /observe}. */
    ObserveFeature observation() {
        return ObserveFeature.builder()
                .observersDiscoverServices(false)
                .addObserver(HealthObserver.builder()
                        .useSystemServices(false)
                        .details(true)
                        .addCheck(() -> response(!sessions.isDraining()), HealthCheckType.READINESS, "accepting")
                        .addCheck(() -> response(reachable.get()), HealthCheckType.READINESS, "store")
                        .addCheck(() -> response(isSweeping()), HealthCheckType.LIVENESS, "sweeping")
                        .addCheck(
                                () -> response(engines.ready().findAny().isPresent()),
                                HealthCheckType.STARTUP,
                                "engines")
                        .addCheck(this::devices, HealthCheckType.STARTUP, "devices")
                        .build())
                .addObserver(MetricsObserver.builder()
                        .meterRegistry(metrics.registry())
                        .build())
                .build();
    }

    private boolean isSweeping() {
        return !sweepers.isEmpty() && sweepers.stream().allMatch(Sweeper::isRunning);
    }

    private static HealthCheckResponse response(boolean up) {
        return HealthCheckResponse.builder().status(up).build();
    }

    /** Tells what networks run on; a CPU that stands in for a GPU is no illness, but is told. */
    private HealthCheckResponse devices() {
        var response = HealthCheckResponse.builder().status(true);
        device.devices().forEach(info -> {
            var fallback = info.fallback().map(why -> ", since " + why).orElse("");
            response.detail(info.id(), info.name() + fallback);
        });
        return response.build();
    }

    private Reply health() {
        var names = Json.createArrayBuilder();
        device.devices().forEach(info -> names.add(info.id()));
        var json = Json.createObjectBuilder()
                .add("status", sessions.isDraining() ? "draining" : "up")
                .add("engines", engines.ready().count())
                .add("sessions", sessions.size())
                .add("devices", names);
        device.fallback().ifPresent(why -> json.add("fallback", why));
        return Reply.ok(json.build());
    }

    /** Begins to look after connections and sessions. */
    void watch() {
        sweepers = List.of(
                new Sweeper(this::sweep, SWEEP_EVERY),
                new Sweeper(sessions::endWhatIsOverElsewhere, lookEvery),
                new Sweeper(materials::sweep, RETIRE_EVERY));
        retention.start();
    }

    private void sweep() {
        live.sweep();
        slowRequests.sweep();
        sessions.sweep();
    }

    /** Tells every client that the server restarts, and waits until they are gone, but not for ever. */
    void sayGoodbye(Duration patience) {
        jobs.close();
        sessions.drain();
        live.closeAll(CloseReason.RESTARTING);
        var deadline = System.nanoTime() + patience.toNanos();
        while (live.size() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            live.sweep();
        }
        live.cutAll();
    }

    /** Gives everything back, the last built first; what is given back already is left alone. */
    @Override
    public void close() {
        sweepers.forEach(Sweeper::close);
        giveBack(closings);
    }

    private static void giveBack(Deque<AutoCloseable> closings) {
        for (var next = closings.poll(); next != null; next = closings.poll()) {
            try {
                next.close();
            } catch (Exception failure) {
                LOG.error("a part of the server did not stop", failure);
            }
        }
    }
}
