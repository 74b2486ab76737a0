package dev.tryon.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Places for what lasts: so many in all, and so many a person, so that nobody takes them all. Thread-safe. */
final class Places {
    private final int all;
    private final int each;
    private final Map<String, Integer> taken = new HashMap<>();
    private int count;

    Places(int all, int each) {
        this.all = all;
        this.each = each;
    }

    /** Takes a place, if there is one; its taker closes it, once. */
    synchronized Optional<Place> take(String owner) {
        if (count >= all || taken.getOrDefault(owner, 0) >= each) {
            return Optional.empty();
        }
        count++;
        taken.merge(owner, 1, Integer::sum);
        return Optional.of(new Place(owner));
    }

    private synchronized void giveBack(String owner) {
        count--;
        taken.computeIfPresent(owner, (_, held) -> held == 1 ? null : held - 1);
    }

    /** A place that is taken until it is closed. */
    final class Place implements AutoCloseable {
        private final String owner;

        private Place(String owner) {
            this.owner = owner;
        }

        @Override
        public void close() {
            giveBack(owner);
        }

        /** Returns what writes a body as long as it has this place. */
        Reply.Content during(Reply.Content body) {
            return new Reply.Content() {
                @Override
                public void writeTo(OutputStream out) throws IOException {
                    body.writeTo(out);
                }

                @Override
                public void close() {
                    Place.this.close();
                }
            };
        }
    }
}
