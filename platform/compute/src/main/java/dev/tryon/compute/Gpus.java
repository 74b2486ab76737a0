package dev.tryon.compute;

import java.util.List;
import java.util.Optional;

/** The GPUs of this machine, as their driver tells of them. */
interface Gpus {
    /** Returns them, by index. */
    List<Gpu> found();

    /** Returns why there is none; empty if there is one. */
    Optional<String> absence();

    /** One of them. */
    interface Gpu {
        /** Returns the driver's name for it. */
        String name();

        /** Reads its memory. */
        DeviceInfo.Memory memory();

        /** Lends page-locked memory of the host. */
        Device.Staging pinned(int bytes);
    }

    /** Returns a machine without any. */
    static Gpus none(String reason) {
        return new Gpus() {
            @Override
            public List<Gpu> found() {
                return List.of();
            }

            @Override
            public Optional<String> absence() {
                return Optional.of(reason);
            }
        };
    }
}
