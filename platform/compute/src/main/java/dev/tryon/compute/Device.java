package dev.tryon.compute;

import dev.tryon.spi.Blender;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Blending;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A device as far as networks go: they are loaded onto it and run there.
 *
 * <p>Threads: a GPU is called by its lane alone; the CPU by any number at a time.
 */
interface Device extends AutoCloseable {
    /** Returns what it is, and how much of its memory is free now. */
    DeviceInfo info();

    /**
     * Loads a network.
     *
     * @param name for messages
     * @param archive TorchScript
     * @return it, to be closed by the caller
     * @throws DeviceMemoryException if the device's memory does not suffice
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if the archive is no network
     */
    Resident load(String name, byte[] archive);

    /** Gives memory that is kept for reuse, but holds nothing, back to the driver. */
    void trim();

    /**
     * Lends memory on the host that the device reads quickly from: page-locked on a GPU.
     *
     * @param bytes at least 1
     */
    Staging stage(int bytes);

    /**
     * Reads parts of a frame on the device itself, ahead of the run that they will be in. Called by any thread.
     *
     * @return them, to be closed when that run is over; empty where the caller's thread must sample them instead
     */
    default Optional<Placed> place(Inputs.Parts parts) {
        return Optional.empty();
    }

    /** Lays one picture over another where that is fastest; called by any thread. */
    default Blender blender() {
        return Blending::mix;
    }

    /** Returns how many native things of this device are open: networks, runs, staging buffers. */
    int open();

    @Override
    void close();

    /** A network in the device's memory. */
    interface Resident extends AutoCloseable {
        /**
         * Runs it.
         *
         * @param inputs borrowed until the call returns
         * @return the outputs, in the host's memory, when the device has finished
         * @throws DeviceMemoryException if the device's memory does not suffice
         * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
         */
        List<Tensor> run(Inputs inputs);

        /** Frees its memory; it must not be running. */
        @Override
        void close();
    }

    /** Parts of a frame in the device's memory, until they are closed. */
    interface Placed extends AutoCloseable {
        /** Returns them as what a network is run on. */
        Inputs.OnDevice inputs();

        @Override
        void close();
    }

    /** Memory on the host that is lent until it is closed. */
    interface Staging extends AutoCloseable {
        /** Returns the memory: direct, in native order. */
        ByteBuffer bytes();

        @Override
        void close();
    }
}
