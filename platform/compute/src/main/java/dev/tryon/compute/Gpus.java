package dev.tryon.compute;

import dev.tryon.spi.Blender;
import java.util.Optional;

/** The GPUs of this machine, as their driver tells of them. */
interface Gpus {
    /** Returns how many there are. */
    int count();

    /** Returns why there is none; empty if there is one. */
    Optional<String> absence();

    /**
     * Opens one.
     *
     * @param index from 0
     * @return it, to be closed
     */
    Gpu open(int index);

    /** One of them. */
    interface Gpu extends AutoCloseable {
        /** Returns the driver's name for it. */
        String name();

        /** Reads its memory. */
        DeviceInfo.Memory memory();

        /** Lends page-locked memory of the host. */
        Device.Staging pinned(int bytes);

        /** Reads parts of a frame into its memory; empty where its driver does not take the kernel, or refuses this time. */
        Optional<Device.Placed> place(Inputs.Parts parts);

        /** Lays one picture over another. */
        Blender blender();

        @Override
        void close();
    }
}
