package dev.tryon.spi;

import java.util.List;
import java.util.Map;

/** An engine that turns one photo into named pictures and properties: a fabric into its texture maps, say. */
public interface ScanEngine extends TryOnEngine {
    /**
     * Scans one photo. Thread-safe.
     *
     * @param photo the thing to scan, borrowed until the call returns
     * @param options how, already validated
     * @param progress told how far the work is; asked whether it is still wanted
     * @return what came of it, which the caller closes
     * @throws TryOnException if the photo cannot be used or the engine failed
     */
    Scan scan(Frame photo, Options options, Progress progress);

    /**
     * What came of a scan.
     *
     * @param pictures by name, {@code basecolor} or {@code normal} say; owned by the scan
     * @param properties by name, in camel case
     */
    record Scan(Map<String, Frame> pictures, Map<String, Property> properties) implements AutoCloseable {
        /** Copies both maps. */
        public Scan {
            pictures = Map.copyOf(pictures);
            properties = Map.copyOf(properties);
        }

        @Override
        public void close() {
            pictures.values().forEach(Frame::close);
        }
    }

    /** Something that a scan found out. */
    sealed interface Property {
        /** A word or a sentence. */
        record Text(String value) implements Property {}

        /** A number, its unit in the property's name. */
        record Quantity(double value) implements Property {}

        /** Numbers that belong together; places as x, y, x, y, in pixels of the photo. */
        record Numbers(List<Double> values) implements Property {
            /** Copies the list. */
            public Numbers {
                values = List.copyOf(values);
            }
        }

        /** Any number of words or sentences. */
        record Words(List<String> values) implements Property {
            /** Copies the list. */
            public Words {
                values = List.copyOf(values);
            }
        }
    }
}
