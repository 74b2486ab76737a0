package dev.tryon.compute;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what {@link Scheduler} decides for one device.
 *
 * <p>Model. Pixel workers are platform threads, started when first needed; as many work at a time as the device serves
 * frames at a time, besides those left behind in services that hang. Turns run on threads of their own and wait here for
 * the device. One more thread answers frames that are skipped, and asks the scheduler again when its time has come.
 *
 * <p>Invariants. A seat is never served twice at the same time, nor served and skipped. After {@link Seat#close} returns,
 * the seat is not in service and never will be.
 *
 * <p>Thread-safe: one lock guards the scheduler and the queues; no foreign code runs under it.
 */
public final class DeviceScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceScheduler.class);
    private static final Duration LAST_SERVICES = Duration.ofSeconds(3);

    private final LongSupplier nanoClock;
    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition wake = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Map<Long, DeviceSeat> seats = new HashMap<>();
    private final Map<Long, DeviceTurn> turns = new HashMap<>();
    private final Deque<DeviceSeat> toServe = new ArrayDeque<>();
    private final Deque<Skipped> toSkip = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private long lastId;
    private long wakeNanos;
    private int idleWorkers;
    private boolean open = true;

    /** A seat whose frame is answered unserved. */
    private record Skipped(DeviceSeat seat, Drop reason) {}

    /**
     * Starts it.
     *
     * @param nanoClock monotonic, in nanoseconds
     */
    public DeviceScheduler(DeviceShape shape, SchedulerSettings settings, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.scheduler = new Scheduler(shape, settings, nanoClock.getAsLong());
        this.wakeNanos = nanoClock.getAsLong();
        start("scheduler", this::watch);
    }

    /** Says what an engine is thought to cost, before it is used. */
    public void expect(String engine, CostGuess guess) {
        lock.lock();
        try {
            scheduler.expect(engine, guess, nanoClock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Gives a session its place. */
    public Seat seat(String engine, LiveService service) {
        lock.lock();
        try {
            var seat = new DeviceSeat(++lastId, service);
            scheduler.join(seat.id, engine, nanoClock.getAsLong());
            seats.put(seat.id, seat);
            return seat;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a turn; nothing waits before its first {@link Turn#next}.
     *
     * @param workClass capture or batch
     * @param within when all of it should be done
     */
    public Turn turn(WorkClass workClass, String engine, Duration within) {
        if (workClass == WorkClass.LIVE) {
            throw new IllegalArgumentException("live frames have seats");
        }
        lock.lock();
        try {
            return new DeviceTurn(++lastId, workClass, engine, nanoClock.getAsLong() + within.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether all sessions would still get the least rate if one more of this engine came. */
    public boolean admits(String engine) {
        lock.lock();
        try {
            return scheduler.admits(engine, nanoClock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many sessions wait to be served now. */
    public int waiting() {
        lock.lock();
        try {
            return scheduler.waiting();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how it stands. */
    public Snapshot snapshot() {
        lock.lock();
        try {
            return scheduler.snapshot(nanoClock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last events and decisions, the oldest first, so that the simulator can repeat them. */
    public List<TraceEntry> trace() {
        lock.lock();
        try {
            return scheduler.trace();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends after what is being served; a service that hangs is left behind after three seconds. Turns get no further step,
     * but are not held up.
     */
    @Override
    public void close() {
        List<Thread> ending;
        lock.lock();
        try {
            open = false;
            toServe.forEach(seat -> scheduler.served(seat.id, nanoClock.getAsLong()));
            toServe.clear();
            toSkip.clear();
            work.signalAll();
            wake.signalAll();
            changed.signalAll();
            ending = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        try {
            var deadline = System.nanoTime() + LAST_SERVICES.toNanos();
            for (var thread : ending) {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    LOG.warn("{} does not end", thread.getName());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the scheduler until it waits. With the lock held. */
    private void dispatch() {
        while (open) {
            switch (scheduler.next(nanoClock.getAsLong())) {
                case Decision.ServeLive(var _, var ids) -> ids.forEach(id -> serve(seat(id)));
                case Decision.Step(var turn, var _) -> {
                    var granted = turns.get(turn);
                    if (granted != null) {
                        granted.granted = true;
                        changed.signalAll();
                    }
                }
                case Decision.Skip(var ids, var reason) -> {
                    ids.forEach(id -> toSkip.add(new Skipped(seat(id), reason)));
                    wake.signal();
                }
                case Decision.Wait(var untilNanos) -> {
                    if (untilNanos - wakeNanos < 0 || nanoClock.getAsLong() - wakeNanos >= 0) {
                        wakeNanos = untilNanos;
                        wake.signal();
                    }
                    return;
                }
            }
        }
    }

    private void serve(DeviceSeat seat) {
        toServe.add(seat);
        if (idleWorkers >= toServe.size()) {
            work.signal();
        } else {
            start("pixels", this::work);
        }
    }

    private DeviceSeat seat(long id) {
        var seat = seats.get(id);
        if (seat == null) {
            throw new IllegalStateException("seat " + id + " is served, but gone");
        }
        return seat;
    }

    private void start(String name, Runnable work) {
        threads.add(
                Thread.ofPlatform().name(name + "-" + threads.size()).daemon().start(work));
    }

    private void work() {
        lock.lock();
        try {
            while (true) {
                idleWorkers++;
                while (open && toServe.isEmpty()) {
                    work.awaitUninterruptibly();
                }
                idleWorkers--;
                if (!open) {
                    return;
                }
                var seat = toServe.remove();
                lock.unlock();
                try {
                    seat.service.serve();
                } catch (RuntimeException | Error failure) {
                    // A session answers its own failures; whatever still comes here must not cost the others a worker.
                    LOG.error("a live service failed unanswered", failure);
                } finally {
                    lock.lock();
                }
                // It counts as idle already, so that it takes itself what is decided now.
                idleWorkers++;
                ended(seat);
                idleWorkers--;
            }
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        lock.lock();
        try {
            while (open) {
                var skipped = toSkip.poll();
                if (skipped != null) {
                    lock.unlock();
                    try {
                        skipped.seat().service.drop(skipped.reason());
                    } catch (RuntimeException | Error failure) {
                        LOG.error("a skipped frame was not answered", failure);
                    } finally {
                        lock.lock();
                    }
                    ended(skipped.seat());
                } else {
                    long left = wakeNanos - nanoClock.getAsLong();
                    if (left > 0) {
                        await(left);
                    } else {
                        dispatch();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its only caller loops
    private void await(long nanos) {
        try {
            wake.awaitNanos(nanos);
        } catch (InterruptedException _) {
            LOG.debug("nobody interrupts the scheduler's thread");
        }
    }

    private void ended(DeviceSeat seat) {
        scheduler.served(seat.id, nanoClock.getAsLong());
        if (!scheduler.isPresent(seat.id)) {
            seats.remove(seat.id);
            changed.signalAll();
        }
        dispatch();
    }

    /** One session's place; its state is the scheduler's. */
    private final class DeviceSeat implements Seat {
        private final long id;
        private final LiveService service;

        DeviceSeat(long id, LiveService service) {
            this.id = id;
            this.service = service;
        }

        @Override
        public void ready(long receivedNanos) {
            lock.lock();
            try {
                if (open && scheduler.isPresent(id)) {
                    scheduler.arrive(id, receivedNanos, nanoClock.getAsLong());
                    dispatch();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public double promisedFramesPerSecond() {
            lock.lock();
            try {
                return scheduler.isPresent(id) ? scheduler.promisedFramesPerSecond(id) : 0;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (scheduler.isPresent(id)) {
                    scheduler.leave(id, nanoClock.getAsLong());
                }
                while (scheduler.isPresent(id)) {
                    changed.awaitUninterruptibly();
                }
                seats.remove(id);
            } finally {
                lock.unlock();
            }
        }
    }

    /** One turn. Guarded by the scheduler's lock. */
    private final class DeviceTurn implements Turn {
        private final long id;
        private final WorkClass workClass;
        private final String engine;
        private final long dueNanos;
        private boolean granted;
        private boolean over;

        DeviceTurn(long id, WorkClass workClass, String engine, long dueNanos) {
            this.id = id;
            this.workClass = workClass;
            this.engine = engine;
            this.dueNanos = dueNanos;
        }

        @Override
        public void next() {
            lock.lock();
            try {
                if (over || !open) {
                    return;
                }
                long now = nanoClock.getAsLong();
                if (granted) {
                    granted = false;
                    scheduler.stepped(id, now);
                }
                turns.put(id, this);
                scheduler.ask(id, workClass, engine, dueNanos, now);
                dispatch();
                while (!granted && !over && open) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!over) {
                    over = true;
                    if (turns.remove(id) != null) {
                        scheduler.withdraw(id, nanoClock.getAsLong());
                        changed.signalAll();
                        dispatch();
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
