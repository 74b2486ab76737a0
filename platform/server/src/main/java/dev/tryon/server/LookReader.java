package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads looks: {@code {"item": …}} or {@code {"reference": …}}, each with {@code "options"} that override, or options
 * alone. Whatever cannot be taken is named; nothing is passed over in silence.
 */
final class LookReader {
    /** What an upload that a look is taken from was brought for. */
    private static final Set<String> PURPOSES =
            Set.of(Words.of(UploadForm.Purpose.REFERENCE), Words.of(UploadForm.Purpose.COLOR));

    private final References references;
    private final Items items;

    /** Where the items of catalogues are found. */
    @FunctionalInterface
    interface Items {
        /** Returns an item that people may wear. */
        Optional<CatalogItem> find(EngineInfo engine, String id);
    }

    /** Where reference pictures are found. */
    @FunctionalInterface
    interface References {
        /** Returns an upload of this owner's that a look can be taken from. */
        Optional<ChosenLook.Reference> find(UUID id, String owner);

        /** Returns the uploads of a store. */
        static References of(Store store) {
            return (id, owner) -> store.uploads()
                    .find(id, owner)
                    .filter(found -> PURPOSES.contains(found.purpose()))
                    .flatMap(found -> found.file(Upload.CONTENT)
                            .map(file -> new ChosenLook.Reference(
                                    found.id(), () -> store.uploads().read(file))));
        }
    }

    LookReader(References references, Items items) {
        this.references = references;
        this.items = items;
    }

    /**
     * Reads a look.
     *
     * @param fields of the look; violations are added to them
     * @param owner whose uploads it may refer to
     * @return the look; empty if there are violations
     */
    Optional<ChosenLook> read(JsonFields fields, EngineInfo engine, String owner) {
        var before = fields.violations().size();
        var item = fields.text("item");
        var reference = fields.text("reference");
        if (item.isPresent() && reference.isPresent()) {
            fields.violate("reference", "cannot stand beside item");
        }
        var chosen = new LinkedHashMap<String, OptionValue>();
        item.ifPresent(id -> items.find(engine, id)
                .ifPresentOrElse(
                        found -> chosen.putAll(found.options()),
                        () -> fields.violate("item", "is not in the catalogue")));
        var upload = reference.flatMap(id -> upload(fields, id, owner));
        fields.fields("options").ifPresent(options -> override(chosen, options, engine));
        fields.refuseOthers();
        return fields.violations().size() == before
                ? Optional.of(new ChosenLook(item, Options.of(engine.options(), chosen), upload))
                : Optional.empty();
    }

    private Optional<ChosenLook.Reference> upload(JsonFields fields, String id, String owner) {
        var upload = Ids.parse(id).flatMap(uuid -> references.find(uuid, owner));
        if (upload.isEmpty()) {
            fields.violate("reference", "is not an upload of yours for a reference or a color");
        }
        return upload;
    }

    private static void override(Map<String, OptionValue> chosen, JsonFields options, EngineInfo engine) {
        for (var name : options.names()) {
            var value = value(options.value(name));
            if (value.isEmpty()) {
                options.violate(name, "must be a text, a number, true or false");
                continue;
            }
            var problems = Options.check(engine.options(), Map.of(name, value.get()));
            problems.forEach(problem -> options.violate(name, problem.reason()));
            if (problems.isEmpty()) {
                chosen.put(name, value.get());
            }
        }
    }

    /** Returns what an option is set to; empty if no option is set like that. */
    static Optional<OptionValue> value(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> Optional.of(new OptionValue.Text(((JsonString) value).getString()));
            case NUMBER -> Optional.of(new OptionValue.Quantity(((JsonNumber) value).doubleValue()));
            case TRUE -> Optional.of(new OptionValue.Flag(true));
            case FALSE -> Optional.of(new OptionValue.Flag(false));
            case ARRAY, OBJECT, NULL -> Optional.empty();
        };
    }
}
