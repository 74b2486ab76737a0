package dev.tryon.server;

import dev.tryon.store.Limit;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often callers may call; {@code docs/limits.md} says who is who.
 *
 * @param page calls of a person
 * @param pageUploads uploads of a person
 * @param client calls of somebody else's program
 * @param clientUploads uploads of somebody else's program
 * @param address calls from an address by nobody who is known
 * @param addressUploads files from an address by nobody who is known
 * @param guests guests that are made from an address
 */
public record LimitSettings(
        Limit page,
        Limit pageUploads,
        Limit client,
        Limit clientUploads,
        Limit address,
        Limit addressUploads,
        Limit guests) {

    static LimitSettings of(Settings settings) {
        return new LimitSettings(
                limit(settings, "page"),
                limit(settings, "page-uploads"),
                limit(settings, "client"),
                limit(settings, "client-uploads"),
                limit(settings, "address"),
                limit(settings, "address-uploads"),
                limit(settings, "guests"));
    }

    /** Returns every limit. */
    List<Limit> all() {
        return List.of(page, pageUploads, client, clientUploads, address, addressUploads, guests);
    }

    /** Returns the limits of a caller of a class. */
    Stream<Limit> of(CallerClass callerClass) {
        return switch (callerClass) {
            case PAGE -> Stream.of(page, pageUploads);
            case CLIENT -> Stream.of(client, clientUploads);
        };
    }

    /** Returns the limits that count by subject. */
    Stream<Limit> ofSubjects() {
        return Stream.of(CallerClass.values()).flatMap(this::of);
    }

    /** Returns whether a limit is for uploads alone. */
    boolean isForUploads(Limit limit) {
        return limit.equals(pageUploads) || limit.equals(clientUploads);
    }

    private static Limit limit(Settings settings, String name) {
        var text = settings.text("limits." + name);
        var slash = text.indexOf('/');
        try {
            return new Limit(name, Long.parseLong(text.substring(0, slash)), Duration.parse(text.substring(slash + 1)));
        } catch (IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException _) {
            throw new SettingsException(
                    "limits." + name + " must be a number and a duration like 100/PT1H, not " + text);
        }
    }
}
