package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.store.Custody;
import dev.tryon.store.Job;
import dev.tryon.store.NewFile;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import dev.tryon.store.StoreFullException;
import dev.tryon.store.Upload;
import dev.tryon.vision.FrameCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes captures anew at their best: the camera picture becomes an upload for as long as a job works on it.
 *
 * <p>Upload and job have ids that follow from the capture's, so the same capture is made once. Calls wait for the job, so
 * they belong on virtual threads. Thread-safe.
 */
final class PremiumCaptures {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final Store store;
    private final FrameCodec codec;
    private final Duration uploadLifetime;
    private final InstantSource clock;

    PremiumCaptures(Jobs jobs, Store store, FrameCodec codec, ServerSettings.Jobs settings, InstantSource clock) {
        this.jobs = jobs;
        this.store = store;
        this.codec = codec;
        // As long as the job may take; who waits removes it sooner, unless this process dies or the job takes too long.
        this.uploadLifetime = settings.within(JobKind.CAPTURE)
                .multipliedBy(settings.attempts())
                .plus(PATIENCE);
        this.clock = clock;
    }

    /**
     * Returns the result of a capture that was asked for before, when its job is done.
     *
     * @param id of the capture
     * @return empty if there is no such job
     * @throws Refusal if the job failed, was called off or takes too long
     */
    Optional<Result> find(UUID id, String owner) {
        return jobs.find(id, owner).map(job -> await(job.id(), owner));
    }

    /**
     * Has a shown picture made anew, and waits for it.
     *
     * @param id of the capture
     * @throws Refusal if there is no room for the picture or for one more job, or the job failed, was called off or takes
     *     too long
     * @throws StoreException if it cannot be ordered just now; the picture stays a few minutes, for the same to be asked again
     */
    Result make(UUID id, LiveSession session, LiveSession.Shown shown) {
        var owner = session.owner();
        var person = Ids.within(id, "person");
        keep(person, owner, shown.picture().source());
        try {
            jobs.submit(new Jobs.Order(
                    id,
                    owner,
                    JobKind.CAPTURE,
                    session.engine().id(),
                    Map.of(JobKind.CAPTURE.input(), person),
                    shown.look().toJson().build(),
                    Tiers.Quality.ULTRA));
        } catch (Refusal refusal) {
            store.uploads().remove(person, owner);
            throw refusal;
        }
        return await(id, owner);
    }

    private void keep(UUID person, String owner, ByteBuffer source) {
        var info = codec.inspect(source.duplicate());
        var draft = new Upload(
                Custody.draft(person, owner, clock.instant(), uploadLifetime),
                JobKind.CAPTURE.input(),
                info.format().mediaType(),
                info.width(),
                info.height(),
                Optional.empty());
        try {
            store.uploads().keep(draft, List.of(new NewFile(Upload.CONTENT, draft.mediaType(), source)));
        } catch (StoreFullException _) {
            throw Problem.of(ProblemType.STORAGE_QUOTA_EXCEEDED, "Delete something that you keep.")
                    .refusal();
        }
    }

    private Result await(UUID id, String owner) {
        var job = jobs.await(id, PATIENCE).orElseThrow(() -> new StoreException("the job " + id + " is gone"));
        if (job.standing().isOver()) {
            store.uploads().remove(Ids.within(id, "person"), owner);
        }
        return switch (job.standing()) {
            case SUCCEEDED -> result(job);
            case FAILED, CANCELED ->
                throw job.problem()
                        .map(Problem::parse)
                        .orElseGet(() -> Problem.of(ErrorCode.PROCESSING_FAILED, "The picture was not made."))
                        .refusal();
            case QUEUED, RUNNING ->
                throw Problem.of(ErrorCode.PROCESSING_TIMEOUT, "The picture is still being made.")
                        .refusal();
        };
    }

    private Result result(Job job) {
        return store.results().find(job.result(), job.owner()).orElseThrow(() -> Problem.of(ProblemType.GONE)
                .refusal());
    }
}
