package dev.tryon.server;

import dev.tryon.store.Entry;
import dev.tryon.store.Filter;
import dev.tryon.store.Position;
import dev.tryon.store.Records;
import dev.tryon.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks for what is left of somebody in every table of a store, in every field of every entry, and counts the files.
 *
 * <p>The store offers nobody such a view, so this opens it by force.
 */
final class Remains {
    private static final String PACKAGE = "dev.tryon.store.";
    private static final int PAGE = 500;

    private Remains() {}

    /** Returns every entry in which a text stands, whatever its kind. */
    static List<String> of(Store store, String text) {
        try {
            var kinds = Class.forName(PACKAGE + "Kind").getDeclaredField("ALL");
            kinds.setAccessible(true);
            var records =
                    Class.forName(PACKAGE + "Database").getDeclaredMethod("records", Class.forName(PACKAGE + "Kind"));
            records.setAccessible(true);
            var found = new ArrayList<String>();
            for (var kind : (Collection<?>) Objects.requireNonNull(kinds.get(null))) {
                var entries = (Records<?>) Objects.requireNonNull(records.invoke(part(store, "database"), kind));
                scan(entries, text, found);
            }
            return found;
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("the store is made otherwise now", failure);
        }
    }

    private static <T extends Entry<T>> void scan(Records<T> records, String text, List<String> found) {
        Optional<Position> after = Optional.empty();
        while (true) {
            var page = records.list(Filter.all(), after, PAGE);
            page.stream().map(T::toString).filter(entry -> entry.contains(text)).forEach(found::add);
            if (page.size() < PAGE) {
                return;
            }
            after = Optional.of(Position.after(page.getLast()));
        }
    }

    /** Returns how many files there are, whoever's they are. */
    static int files(Store store) {
        try {
            var list = Class.forName(PACKAGE + "FileStore").getDeclaredMethod("list");
            list.setAccessible(true);
            return ((Collection<?>) Objects.requireNonNull(list.invoke(part(store, "files")))).size();
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("the store is made otherwise now", failure);
        }
    }

    private static Object part(Store store, String name) throws ReflectiveOperationException {
        var field = Store.class.getDeclaredField(name);
        field.setAccessible(true);
        return Objects.requireNonNull(field.get(store));
    }
}
