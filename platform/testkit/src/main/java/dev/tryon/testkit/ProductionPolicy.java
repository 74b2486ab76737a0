package dev.tryon.testkit;

import dev.tryon.compute.CostGuess;
import dev.tryon.compute.Decision;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.Scheduler;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.compute.WorkClass;
import java.util.List;
import java.util.Map;

/** The very class that serves people. */
final class ProductionPolicy implements SchedulingPolicy {
    private final Scheduler scheduler;

    /** Makes one. @param told what it is told that engines cost, by name */
    ProductionPolicy(DeviceShape shape, SchedulerSettings settings, Map<String, CostGuess> told) {
        this.scheduler = new Scheduler(shape, settings, 0);
        told.forEach((engine, guess) -> scheduler.expect(engine, guess, 0));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public boolean keepsEveryFrame() {
        return false;
    }

    @Override
    public void join(long seat, String engine, long now) {
        scheduler.join(seat, engine, now);
    }

    @Override
    public void arrive(long seat, long received, long now) {
        scheduler.arrive(seat, received, now);
    }

    @Override
    public void groupEnded(List<Long> seats, long now) {
        seats.forEach(seat -> scheduler.served(seat, now));
    }

    @Override
    public void skipped(List<Long> seats, long now) {
        seats.forEach(seat -> scheduler.served(seat, now));
    }

    @Override
    public void ask(long turn, WorkClass workClass, String engine, long due, long now) {
        scheduler.ask(turn, workClass, engine, due, now);
    }

    @Override
    public void stepped(long turn, long now) {
        scheduler.stepped(turn, now);
    }

    @Override
    public void withdraw(long turn, long now) {
        scheduler.withdraw(turn, now);
    }

    @Override
    public Decision next(long now) {
        return scheduler.next(now);
    }

    @Override
    public double advised(long seat) {
        return scheduler.promisedFramesPerSecond(seat);
    }
}
