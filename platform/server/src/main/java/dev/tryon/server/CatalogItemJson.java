package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Rgb;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads catalogue items that administrators write. */
final class CatalogItemJson {
    /** Where an item's colours stand. */
    static final String SWATCH = "swatch";

    private static final String ID = "[a-z0-9][a-z0-9-]{0,63}";
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_WORD = 40;
    private static final int MOST_TAGS = 20;
    private static final int MOST_COLORS = 3;
    private static final String COLOR = "#[0-9a-fA-F]{6}";

    private CatalogItemJson() {}

    /**
     * Reads an item.
     *
     * @param fields violations are added to them
     * @return the item; empty if there are violations
     */
    static Optional<CatalogItem> read(JsonFields fields, EngineInfo engine) {
        return read(fields, engine, List.of());
    }

    /**
     * Reads an item.
     *
     * @param fields violations are added to them
     * @param unsaid colours where none are given; with none, they must be
     * @return the item; empty if there are violations
     */
    static Optional<CatalogItem> read(JsonFields fields, EngineInfo engine, List<Rgb> unsaid) {
        var id = fields.requiredText("id");
        if (!id.isEmpty() && !id.matches(ID)) {
            fields.violate("id", "must be 1 to 64 lower-case letters, digits and hyphens");
        }
        var title = words(fields, "title", LONGEST_TITLE);
        var category = words(fields, "category", LONGEST_WORD);
        var tags = texts(fields, "tags", 0, MOST_TAGS, "[^\\p{Cntrl}]{1," + LONGEST_WORD + "}");
        var given = texts(fields, SWATCH, unsaid.isEmpty() || fields.has(SWATCH) ? 1 : 0, MOST_COLORS, COLOR);
        var swatch = given.isEmpty() ? unsaid : given.stream().map(Rgb::parse).toList();
        var options =
                fields.fields("options").map(chosen -> options(chosen, engine)).orElse(Map.of());
        fields.refuseOthers();
        if (!fields.violations().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CatalogItem(id, title, category, tags, swatch, options));
    }

    private static String words(JsonFields fields, String name, int longest) {
        var text = fields.requiredText(name);
        if (fields.text(name).isPresent()
                && (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl))) {
            fields.violate(name, "must be a text of 1 to " + longest + " characters");
        }
        return text;
    }

    private static List<String> texts(JsonFields fields, String name, int least, int most, String form) {
        var list = fields.list(name).orElse(JsonArray.EMPTY_JSON_ARRAY);
        if (list.size() < least || list.size() > most) {
            fields.violate(name, "must have " + least + " to " + most + " texts");
        }
        var texts = new ArrayList<String>();
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index) instanceof JsonString text && text.getString().matches(form)) {
                texts.add(text.getString());
            } else {
                fields.violate(name, index, "must be a text that matches " + form);
            }
        }
        return texts;
    }

    private static Map<String, OptionValue> options(JsonFields fields, EngineInfo engine) {
        var options = new LinkedHashMap<String, OptionValue>();
        for (var name : fields.names()) {
            JsonValue json = fields.value(name);
            var value = LookReader.value(json);
            if (value.isEmpty()) {
                fields.violate(name, "must be a text, a number, true or false");
                continue;
            }
            var problems = Options.check(engine.options(), Map.of(name, value.get()));
            problems.forEach(problem -> fields.violate(name, problem.reason()));
            options.put(name, value.get());
        }
        return options;
    }
}
