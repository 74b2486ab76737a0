package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.MaterialFacts.Sheen;
import dev.tryon.spi.MaterialFacts.TileSize;
import dev.tryon.spi.Rgb;
import dev.tryon.spi.ScanEngine.Property;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a material, by the names that scans, results and catalogues give it: the one place where they are said.
 *
 * <p>All of it is of the tile, which is what the maps show once; what is of the swatch that was photographed has
 * {@code swatch} in its name.
 */
final class MaterialProperties {
    /** The class's word. */
    static final String CLASS = "class";
    /** How far the highest place lies above the deepest, as a share of the tile's width. */
    static final String RELIEF = "relief";
    /** Mean of the roughness map, 0..1. */
    static final String ROUGHNESS = "roughness";
    /** Mean of the metalness map, 0..1. */
    static final String METALNESS = "metalness";
    /** Of the tile. */
    static final String WIDTH = "widthMillimetres";
    /** Of the tile. */
    static final String HEIGHT = "heightMillimetres";
    /** Texels on an inch of the cloth, to the right. */
    static final String DOTS_PER_INCH = "dotsPerInch";
    /** What fibres scatter, {@code #rrggbb}. */
    static final String SHEEN_COLOR = "sheenColor";
    /** How soft, 0..1. */
    static final String SHEEN_ROUGHNESS = "sheenRoughness";

    private static final double UNKNOWN_SHEEN_ROUGHNESS = 0.5;

    private MaterialProperties() {}

    /** Returns facts as properties. @param widthTexels of the maps */
    static Map<String, Property> of(MaterialFacts facts, int widthTexels) {
        var words = new TreeMap<String, Property>();
        words.put(CLASS, new Property.Text(facts.kind()));
        words.put(RELIEF, number(facts.relief()));
        words.put(ROUGHNESS, number(facts.roughness()));
        words.put(METALNESS, number(facts.metalness()));
        facts.size().ifPresent(size -> {
            words.put(WIDTH, number(size.widthMillimetres()));
            words.put(HEIGHT, number(size.heightMillimetres()));
            words.put(DOTS_PER_INCH, number(size.dotsPerInch(widthTexels)));
        });
        facts.sheen().ifPresent(sheen -> {
            words.put(SHEEN_COLOR, new Property.Text(sheen.color().hex()));
            words.put(SHEEN_ROUGHNESS, number(sheen.roughness()));
        });
        return words;
    }

    /** Returns the class, woven where none is named. */
    static FabricClass kind(Map<String, Property> properties) {
        return text(properties, CLASS).flatMap(FabricClass::of).orElse(FabricClass.WOVEN);
    }

    /** Returns the tile's size, where it is known. */
    static Optional<TileSize> size(Map<String, Property> properties) {
        return number(properties, WIDTH)
                .flatMap(width -> number(properties, HEIGHT).map(height -> new TileSize(width, height)));
    }

    /** Returns the relief, none where it is not known. */
    static double relief(Map<String, Property> properties) {
        return number(properties, RELIEF).orElse(0.0);
    }

    /** Returns what the fibres scatter, where they do. */
    static Optional<Sheen> sheen(Map<String, Property> properties) {
        return text(properties, SHEEN_COLOR)
                .map(color -> new Sheen(
                        Rgb.parse(color), number(properties, SHEEN_ROUGHNESS).orElse(UNKNOWN_SHEEN_ROUGHNESS)));
    }

    private static Property number(double value) {
        return new Property.Quantity(value);
    }

    private static Optional<Double> number(Map<String, Property> properties, String name) {
        return properties.get(name) instanceof Property.Quantity(var value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> text(Map<String, Property> properties, String name) {
        return properties.get(name) instanceof Property.Text(var value) ? Optional.of(value) : Optional.empty();
    }
}
