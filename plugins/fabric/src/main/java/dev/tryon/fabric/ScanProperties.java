package dev.tryon.fabric;

import dev.tryon.spi.ScanEngine.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        properties.put("class", new Property.Text(maps.guess().kind().word()));
        properties.put("relief", new Property.Quantity(maps.relief()));
        properties.put(
                "roughness",
                new Property.Quantity(ClassSurface.roughness(maps.guess().kind())));
        properties.put("metalness", new Property.Quantity(0));
        cloth.repeat().ifPresent(repeat -> properties.put("period", new Property.Numbers(period(cloth, repeat))));
        cloth.size().ifPresent(size -> {
            properties.put("widthMillimetres", new Property.Quantity(size.widthMillimetres()));
            properties.put("heightMillimetres", new Property.Quantity(size.heightMillimetres()));
            properties.put(
                    "dotsPerInch",
                    new Property.Quantity(size.dotsPerInch(maps.base().cols())));
        });
        ClassSurface.sheen(maps.guess().kind(), maps.base()).ifPresent(sheen -> {
            properties.put("sheenColor", new Property.Text(sheen.color().hex()));
            properties.put("sheenRoughness", new Property.Quantity(sheen.roughness()));
        });
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
