package dev.tryon.compute;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a network is run on: borrowed until the run is over. */
sealed interface Inputs {
    /** Returns how many samples there are: the size along axis 0 where there is a common one, else 1. */
    int samples();

    /** Returns the shape of one sample, {@code 3x96x96}; of several inputs, with commas between. */
    String sampleShape();

    /** Says whether samples stand one after another along axis 0 of every input. */
    boolean divisible();

    /** Returns some of the samples; only if {@link #divisible}. */
    Inputs part(int first, int count);

    /** Returns the numbers that the network sees; parts of a frame are sampled, by the calling thread. */
    List<Tensor> tensors();

    /**
     * Numbers.
     *
     * @param tensors in the order of the network's parameters
     */
    record Numbers(List<Tensor> tensors) implements Inputs {
        public Numbers {
            tensors = List.copyOf(tensors);
        }

        @Override
        public int samples() {
            return divisible() ? tensors.getFirst().size(0) : 1;
        }

        @Override
        public String sampleShape() {
            int from = divisible() ? 1 : 0;
            return tensors.stream()
                    .map(tensor -> Arrays.stream(tensor.shape())
                            .skip(from)
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining("x")))
                    .collect(Collectors.joining(","));
        }

        @Override
        public boolean divisible() {
            return !tensors.isEmpty()
                    && tensors.stream().allMatch(tensor -> tensor.shape().length > 0 && tensor.size(0) > 0)
                    && tensors.stream()
                                    .mapToInt(tensor -> tensor.size(0))
                                    .distinct()
                                    .count()
                            == 1;
        }

        @Override
        public Numbers part(int first, int count) {
            return new Numbers(tensors.stream()
                    .map(tensor -> StagedBatch.rows(tensor, first, count))
                    .toList());
        }
    }

    /**
     * Parts of frames that lie in the device's memory, one block after another, and zeros behind them.
     *
     * @param blocks of all the calls that are joined
     * @param samples that are run, at least as many as the blocks have
     */
    record OnDevice(List<Block> blocks, int width, int height, int samples) implements Inputs {
        public OnDevice {
            blocks = List.copyOf(blocks);
        }

        /** So many samples in the device's memory, for as long as whoever put them there waits. */
        interface Block {
            /** Returns how many. */
            int samples();

            /** Returns some of them. */
            Block part(int first, int count);

            /** Starts to copy them to another address of the device's memory, in order with what the device is told next. */
            void copyTo(long address);
        }

        /** Lays blocks end to end, zeros behind them. */
        static OnDevice joined(List<OnDevice> calls, int samples) {
            return new OnDevice(
                    calls.stream().flatMap(call -> call.blocks.stream()).toList(),
                    calls.getFirst().width,
                    calls.getFirst().height,
                    samples);
        }

        @Override
        public String sampleShape() {
            return Frame.CHANNELS + "x" + height + "x" + width;
        }

        @Override
        public boolean divisible() {
            return true;
        }

        @Override
        public OnDevice part(int first, int count) {
            var within = new ArrayList<Block>();
            int before = 0;
            for (var block : blocks) {
                int from = Math.max(0, first - before);
                int to = Math.min(block.samples(), first + count - before);
                if (from < to) {
                    within.add(block.part(from, to - from));
                }
                before += block.samples();
            }
            return new OnDevice(within, width, height, count);
        }

        @Override
        public List<Tensor> tensors() {
            throw new IllegalStateException("these numbers are in the device's memory");
        }

        /** Starts to copy all blocks to the start of a batch; the rest of it is the caller's. */
        void copyTo(long batch) {
            long sampleBytes = (long) Float.BYTES * Frame.CHANNELS * width * height;
            for (var block : blocks) {
                block.copyTo(batch);
                batch += sampleBytes * block.samples();
            }
        }
    }

    /**
     * Parts of a frame, each a sample: {@code float32[crops][3][height][width]}, RGB 0..1.
     *
     * @param crops at least one
     */
    record Parts(Frame frame, List<Crop> crops, int width, int height) implements Inputs {
        public Parts {
            crops = List.copyOf(crops);
            if (crops.isEmpty()) {
                throw new IllegalArgumentException("a batch needs at least one part of the frame");
            }
        }

        @Override
        public int samples() {
            return crops.size();
        }

        @Override
        public String sampleShape() {
            return Frame.CHANNELS + "x" + height + "x" + width;
        }

        @Override
        public boolean divisible() {
            return true;
        }

        @Override
        public Parts part(int first, int count) {
            return new Parts(frame, crops.subList(first, first + count), width, height);
        }

        @Override
        public List<Tensor> tensors() {
            var tensor = Tensor.allocate(crops.size(), Frame.CHANNELS, height, width);
            fill(tensor);
            return List.of(tensor);
        }

        /** Samples all of them into a tensor of their shape. */
        void fill(Tensor tensor) {
            for (int index = 0; index < crops.size(); index++) {
                Sampling.fill(frame, crops.get(index), tensor, index);
            }
        }
    }
}
