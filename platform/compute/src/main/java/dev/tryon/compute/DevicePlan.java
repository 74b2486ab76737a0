package dev.tryon.compute;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which devices are opened, given what was asked for and what there is.
 *
 * @param gpus indices; empty for the CPU
 * @param fallback why it is the CPU though a GPU would have been taken
 */
record DevicePlan(List<Integer> gpus, Optional<String> fallback) {
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

    /** What the tensor library's natives can do. */
    enum Natives {
        CPU,
        CUDA
    }
}
