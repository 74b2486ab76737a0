package dev.tryon.compute;

import dev.tryon.spi.TryOnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which devices are opened, given what was asked for and what there is.
 *
 * @param gpus indices; empty for the CPU
 * @param fallback why it is the CPU though a GPU would have been taken
 */
record DevicePlan(List<Integer> gpus, Optional<String> fallback) {
    private static final Logger LOG = LoggerFactory.getLogger(DevicePlan.class);

    /**
     * Chooses.
     *
     * @param torchHasCuda whether the tensor library came with natives for CUDA, and they found a device
     * @throws DeviceAbsentException if a GPU was asked for by its number and cannot be used
     */
    static DevicePlan of(DeviceChoice choice, Gpus gpus, Natives torchHasCuda) {
        int count = gpus.count();
        var reason = gpus.absence().isPresent() || count == 0
                ? gpus.absence().or(() -> Optional.of("there is no GPU"))
                : torchHasCuda == Natives.CPU
                        ? Optional.of("the network library came without CUDA: build with the profile cuda")
                        : Optional.<String>empty();
        return switch (choice) {
            case DeviceChoice.Cpu _ -> new DevicePlan(List.of(), Optional.empty());
            case DeviceChoice.Auto _ ->
                new DevicePlan(
                        reason.isPresent()
                                ? List.of()
                                : IntStream.range(0, count).boxed().toList(),
                        reason);
            case DeviceChoice.Gpu gpu -> {
                if (reason.isPresent()) {
                    throw new DeviceAbsentException(gpu + " cannot be used: " + reason.get());
                }
                if (gpu.index() >= count) {
                    throw new DeviceAbsentException(gpu + " is not there: the last is gpu(" + (count - 1) + ")");
                }
                yield new DevicePlan(List.of(gpu.index()), Optional.empty());
            }
        };
    }

    /**
     * A GPU that is open.
     *
     * @param index as the driver counts
     */
    record Opened(int index, Gpus.Gpu gpu) {}

    /** What is open; no GPU means the CPU. @param fallback why, if a GPU would have been taken */
    record Machine(List<Opened> gpus, Optional<String> fallback) {
        Machine {
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * Opens what is planned and reads its memory once: a GPU that is there may still be refused, such as one that another
     * process has to itself.
     *
     * @param choice what the plan was made for: on auto, what cannot be opened is left out, and the CPU taken if nothing is left
     * @throws DeviceAbsentException if a GPU was asked for by its number and cannot be opened
     */
    Machine open(DeviceChoice choice, Gpus all) {
        var opened = new ArrayList<Opened>();
        var reasons = new ArrayList<String>();
        for (int index : gpus) {
            try {
                opened.add(new Opened(index, open(all, index)));
            } catch (TryOnException refused) {
                var reason = "gpu(" + index + ") cannot be opened: " + refused.getMessage();
                if (choice instanceof DeviceChoice.Gpu) {
                    throw new DeviceAbsentException(reason);
                }
                reasons.add(reason);
            }
        }
        if (opened.isEmpty() && !reasons.isEmpty()) {
            return new Machine(opened, Optional.of(String.join("; ", reasons)));
        }
        reasons.forEach(reason -> LOG.warn("{}", reason));
        return new Machine(opened, fallback);
    }

    private static Gpus.Gpu open(Gpus all, int index) {
        var gpu = all.open(index);
        try {
            gpu.memory();
            return gpu;
        } catch (RuntimeException | Error failure) {
            gpu.close();
            throw failure;
        }
    }

    /** What the tensor library's natives can do. */
    enum Natives {
        CPU,
        CUDA
    }
}
