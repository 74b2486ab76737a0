package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.ScanEngine.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opencv.core.Core;

/** What a scan says about a cloth, by the names that reports and results give it. */
final class ScanProperties {
    private ScanProperties() {}

    /** Returns the properties. */
    static Map<String, Property> of(ScannedCloth cloth) {
        var maps = cloth.maps();
        var properties = new LinkedHashMap<String, Property>();
        properties.put("corners", places(cloth.swatch().corners()));
        properties.put("cornersFrom", word(cloth.swatch().origin()));
        properties.put("tile", places(cloth.tile()));
        properties.put("aspect", new Property.Quantity(cloth.aspect()));
        cloth.widthMillimetres().ifPresent(width -> {
            properties.put("swatchWidthMillimetres", new Property.Quantity(width));
            properties.put("swatchHeightMillimetres", new Property.Quantity(width / cloth.aspect()));
        });
        properties.putAll(MaterialProperties.of(facts(cloth), maps.base().cols()));
        cloth.repeat().ifPresent(repeat -> properties.put("period", new Property.Numbers(period(cloth, repeat))));
        properties.put("confidenceCorners", new Property.Quantity(cloth.swatch().confidence()));
        properties.put("confidenceLight", new Property.Quantity(cloth.evenness()));
        cloth.scaleConfidence()
                .ifPresent(confidence -> properties.put("confidenceScale", new Property.Quantity(confidence)));
        properties.put(
                "confidencePeriod",
                new Property.Quantity(cloth.repeat().map(Repeat::strength).orElse(0.0)));
        properties.put("confidenceClass", new Property.Quantity(maps.guess().belief()));
        properties.put(
                "warnings",
                new Property.Words(cloth.warnings().stream()
                        .sorted()
                        .map(ScanWarning::word)
                        .toList()));
        properties.put(
                "advice",
                new Property.Words(cloth.warnings().stream()
                        .sorted()
                        .map(ScanWarning::sentence)
                        .toList()));
        return properties;
    }

    private static MaterialFacts facts(ScannedCloth cloth) {
        var maps = cloth.maps();
        var kind = maps.guess().kind();
        return new MaterialFacts(
                kind.word(),
                cloth.size(),
                maps.relief(),
                Core.mean(maps.roughness()).val[0] / 255,
                Core.mean(maps.metalness()).val[0] / 255,
                ClassSurface.sheen(kind, maps.base()),
                maps.opacity().isPresent() ? MapFiles.NAMES_WITH_HOLES : MapFiles.NAMES);
    }

    private static Property places(Corners corners) {
        return new Property.Numbers(corners.places().stream()
                .flatMap(place -> List.of(hundredths(place.x()), hundredths(place.y())).stream())
                .toList());
    }

    /** Returns the shortest repeat in pixels of the straightened swatch, as wide and high as it is in the photo. */
    private static List<Double> period(ScannedCloth cloth, Repeat repeat) {
        var corners = cloth.part();
        return List.of(
                hundredths(repeat.period().x() * corners.width()),
                hundredths(repeat.period().y() * corners.height()));
    }

    private static Property word(Enum<?> value) {
        return new Property.Text(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static double hundredths(double value) {
        return Math.round(100 * value) / 100.0;
    }
}
