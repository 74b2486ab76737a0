package dev.tryon.nails;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.OptionValue.Quantity;
import dev.tryon.spi.OptionValue.Text;
import dev.tryon.spi.Rgb;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A design of the catalogue being put together. Threads: one at a time. */
final class Design {
    private final String category;
    private final String title;
    private final Map<String, OptionValue> options = new HashMap<>();
    private List<Rgb> swatch = List.of();
    private List<String> tags = List.of();

    Design(String category, String title, Pattern pattern, Finish finish) {
        this.category = category;
        this.title = title;
        options.put(Polish.PATTERN, new Text(pattern.word()));
        options.put(Polish.FINISH, new Text(finish.word()));
    }

    Design color(String hex) {
        options.put(Polish.COLOR, new Text(hex));
        swatch = List.of(Rgb.parse(hex));
        return this;
    }

    Design accent(String hex) {
        options.put(Polish.ACCENT, new Text(hex));
        swatch = List.of(swatch.getFirst(), Rgb.parse(hex));
        return this;
    }

    Design coverage(double value) {
        options.put(Polish.COVERAGE, new Quantity(value));
        return this;
    }

    Design shine(double value) {
        options.put(Polish.SHINE, new Quantity(value));
        return this;
    }

    Design detail(double value) {
        options.put(Polish.DETAIL, new Quantity(value));
        return this;
    }

    Design tags(String... words) {
        tags = List.of(words);
        return this;
    }

    CatalogItem item() {
        var id = title.toLowerCase(Locale.ROOT).replace(' ', '-');
        return new CatalogItem(id, title, category, tags, swatch, options);
    }
}
