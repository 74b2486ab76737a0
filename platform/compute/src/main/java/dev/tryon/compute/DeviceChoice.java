package dev.tryon.compute;

import java.util.regex.Pattern;

/** The device that networks shall run on, as an operator says it: {@code auto}, {@code cpu} or {@code gpu(0)}. */
public sealed interface DeviceChoice {
    /** The GPUs that there are, or the CPU where there is none. */
    record Auto() implements DeviceChoice {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** The CPU, whatever else there is. */
    record Cpu() implements DeviceChoice {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * One GPU and nothing else.
     *
     * @param index as the driver counts them, from 0
     */
    record Gpu(int index) implements DeviceChoice {
        /** Checks the index. */
        public Gpu {
            if (index < 0 || index > 99) {
                throw new IllegalArgumentException("there is no GPU " + index);
            }
        }

        @Override
        public String toString() {
            return "gpu(" + index + ")";
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException that says what may be written
     */
    static DeviceChoice parse(String text) {
        var gpu = Pattern.compile("gpu\\((\\d{1,2})\\)").matcher(text);
        if (gpu.matches()) {
            return new Gpu(Integer.parseInt(gpu.group(1)));
        }
        return switch (text) {
            case "auto" -> new Auto();
            case "cpu" -> new Cpu();
            default ->
                throw new IllegalArgumentException("a device is auto, cpu or gpu(0), gpu(1) and so on, not " + text);
        };
    }
}
