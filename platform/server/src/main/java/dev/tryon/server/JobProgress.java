package dev.tryon.server;

import dev.tryon.spi.Progress;
import dev.tryon.store.Job;
import dev.tryon.store.Records;
import dev.tryon.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one attempt at a job is: what the engine tells is written down for everybody to see, and what became of the job
 * elsewhere is found out for the engine. Both happen on a thread of its own, twice a second, until it is closed.
 *
 * <p>Thread-safe.
 */
final class JobProgress implements Progress, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** What the engine cannot know of: the result is still to be written. */
    private static final double MOST = 0.99;

    private final Job attempt;
    private final Records<Job> jobs;
    private final JobNews news;
    private final Sweeper writer;
    private volatile double done;
    private volatile double written;
    private volatile boolean unwanted;
    private volatile boolean stopped;

    /** Begins to watch. @param attempt the job as this attempt began it */
    JobProgress(Job attempt, Records<Job> jobs, JobNews news) {
        this.attempt = attempt;
        this.jobs = jobs;
        this.news = news;
        this.writer = new Sweeper(this::write, EVERY);
    }

    @Override
    public void report(double share) {
        if (share > done) {
            done = Math.min(share, MOST);
        }
    }

    @Override
    public boolean canceled() {
        return unwanted || stopped;
    }

    /** Returns whether nobody waits for this attempt any more: the job was called off, or another attempt has begun. */
    boolean unwanted() {
        return unwanted;
    }

    /** Asks the engine to stop for another reason. */
    void stop() {
        stopped = true;
    }

    private void write() {
        try {
            var now = done;
            var found = now > written
                    ? jobs.update(attempt.key(), job -> isCurrent(job) ? job.progressed(now) : job)
                    : jobs.find(attempt.key());
            unwanted = !found.filter(this::isCurrent).isPresent();
            if (now > written) {
                written = now;
                news.changed(attempt.id());
            }
        } catch (StoreException failure) {
            LOG.warn("the progress of job {} cannot be written: {}", attempt.id(), failure.getMessage());
        }
    }

    private boolean isCurrent(Job job) {
        return job.attempts() == attempt.attempts() && job.standing() == Job.Status.RUNNING;
    }

    @Override
    public void close() {
        writer.close();
    }
}
