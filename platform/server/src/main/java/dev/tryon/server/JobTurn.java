package dev.tryon.server;

import dev.tryon.compute.Turn;
import dev.tryon.spi.Progress;

/**
 * A job's progress that is its turn on the device too: whatever is reported ends a step, and the next begins when the
 * device is granted again. So live frames go before a film's next frame, and nothing of a job runs before its first report.
 *
 * <p>For the job's one thread.
 */
record JobTurn(Progress progress, Turn turn) implements Progress {
    @Override
    public void report(double done) {
        progress.report(done);
        turn.next();
    }

    @Override
    public boolean canceled() {
        return progress.canceled();
    }
}
