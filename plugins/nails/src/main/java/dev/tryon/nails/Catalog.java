package dev.tryon.nails;

import dev.tryon.spi.CatalogItem;
import java.util.List;
import java.util.stream.Stream;

/** The designs that are ready to wear. */
final class Catalog {
    /** All designs, in the order to be shown. */
    static final List<CatalogItem> DESIGNS = Stream.of(
                    reds(),
                    pinks(),
                    nudes(),
                    brights(),
                    darks(),
                    sheers(),
                    french(),
                    ombres(),
                    glitters(),
                    marbles(),
                    florals(),
                    metals(),
                    mattes())
            .flatMap(List::stream)
            .toList();

    private Catalog() {}

    private static List<CatalogItem> reds() {
        return List.of(
                cream("Reds", "Cherry Red", "#b5101f", "classic", "bold"),
                cream("Reds", "Scarlet", "#d3171d", "classic", "bright"),
                cream("Reds", "Burgundy", "#5c0f1f", "classic", "autumn"),
                cream("Reds", "Coral", "#ee5b4a", "summer", "bright"));
    }

    private static List<CatalogItem> pinks() {
        return List.of(
                cream("Pinks", "Ballet Slipper", "#f0c4c6", "soft", "wedding"),
                cream("Pinks", "Peony", "#d9577f", "spring"),
                cream("Pinks", "Fuchsia", "#c2186b", "bold", "party"));
    }

    private static List<CatalogItem> nudes() {
        return List.of(
                cream("Nudes", "Oat Milk", "#e3c8b4", "everyday", "office"),
                cream("Nudes", "Rosewood", "#b3756a", "everyday", "office"),
                cream("Nudes", "Caramel", "#a86f4c", "everyday", "warm"),
                cream("Nudes", "Cocoa", "#5b3527", "everyday", "autumn"));
    }

    private static List<CatalogItem> brights() {
        return List.of(
                cream("Colours", "Mint", "#9ed8c0", "pastel", "spring"),
                cream("Colours", "Lavender", "#b3a0d6", "pastel", "spring"),
                cream("Colours", "Cobalt", "#1c3fae", "bold"),
                cream("Colours", "Milk White", "#f6f1ea", "clean", "summer"));
    }

    private static List<CatalogItem> darks() {
        return List.of(
                cream("Darks", "Black Tie", "#0d0c0f", "evening"),
                cream("Darks", "Midnight", "#10183a", "evening"),
                cream("Darks", "Forest", "#12382b", "autumn"));
    }

    private static List<CatalogItem> sheers() {
        return List.of(
                design("Sheer", "Rose Water", Pattern.SOLID, Finish.GLOSSY)
                        .color("#e8929c")
                        .coverage(0.42)
                        .shine(0.7)
                        .tags("natural", "everyday")
                        .item(),
                design("Sheer", "Jelly Cherry", Pattern.SOLID, Finish.GLOSSY)
                        .color("#c01530")
                        .coverage(0.6)
                        .shine(0.8)
                        .tags("jelly", "summer")
                        .item(),
                design("Sheer", "Glass Peach", Pattern.SOLID, Finish.GLOSSY)
                        .color("#f5a98a")
                        .coverage(0.48)
                        .shine(0.85)
                        .tags("jelly", "summer")
                        .item());
    }

    private static List<CatalogItem> french() {
        return List.of(
                design("French", "Classic French", Pattern.FRENCH, Finish.GLOSSY)
                        .color("#eeb9b3")
                        .accent("#fbf7f1")
                        .coverage(0.45)
                        .detail(0.35)
                        .tags("wedding", "classic")
                        .item(),
                design("French", "Micro French", Pattern.FRENCH, Finish.GLOSSY)
                        .color("#e6b3a6")
                        .accent("#fffdf8")
                        .coverage(0.4)
                        .detail(0.05)
                        .tags("minimal", "office")
                        .item(),
                design("French", "Black French", Pattern.FRENCH, Finish.GLOSSY)
                        .color("#e0ada2")
                        .accent("#111013")
                        .coverage(0.45)
                        .detail(0.3)
                        .tags("evening")
                        .item(),
                design("French", "Cherry French", Pattern.FRENCH, Finish.GLOSSY)
                        .color("#efbfb9")
                        .accent("#b80f22")
                        .coverage(0.45)
                        .detail(0.35)
                        .tags("bold")
                        .item());
    }

    private static List<CatalogItem> ombres() {
        return List.of(
                design("Ombré", "Baby Boomer", Pattern.OMBRE, Finish.GLOSSY)
                        .color("#e9aca5")
                        .accent("#fdf8f3")
                        .coverage(0.7)
                        .tags("wedding", "soft")
                        .item(),
                design("Ombré", "Sunset", Pattern.OMBRE, Finish.GLOSSY)
                        .color("#f6a13b")
                        .accent("#d0265f")
                        .tags("summer", "bright")
                        .item(),
                design("Ombré", "Deep Sea", Pattern.OMBRE, Finish.GLOSSY)
                        .color("#5fc0c9")
                        .accent("#142a6b")
                        .tags("bold")
                        .item());
    }

    private static List<CatalogItem> glitters() {
        return List.of(
                design("Glitter", "Champagne Toast", Pattern.GLITTER, Finish.GLOSSY)
                        .color("#d9b99a")
                        .accent("#f7e3bd")
                        .coverage(0.85)
                        .detail(0.6)
                        .tags("party", "gold")
                        .item(),
                design("Glitter", "Starry Night", Pattern.GLITTER, Finish.GLOSSY)
                        .color("#0e1436")
                        .accent("#b9c9f2")
                        .detail(0.4)
                        .tags("evening", "party")
                        .item(),
                design("Glitter", "Ruby Slippers", Pattern.GLITTER, Finish.GLOSSY)
                        .color("#7a0a1c")
                        .accent("#ff4a55")
                        .detail(0.75)
                        .tags("party", "winter")
                        .item());
    }

    private static List<CatalogItem> marbles() {
        return List.of(
                design("Marble", "Carrara", Pattern.MARBLE, Finish.GLOSSY)
                        .color("#f4f1ee")
                        .accent("#6f7178")
                        .detail(0.4)
                        .tags("elegant")
                        .item(),
                design("Marble", "Nero Gold", Pattern.MARBLE, Finish.GLOSSY)
                        .color("#131215")
                        .accent("#d8ac5a")
                        .detail(0.3)
                        .tags("evening", "gold")
                        .item(),
                design("Marble", "Rose Quartz", Pattern.MARBLE, Finish.GLOSSY)
                        .color("#eab4b8")
                        .accent("#fff4f2")
                        .detail(0.7)
                        .tags("soft")
                        .item());
    }

    private static List<CatalogItem> florals() {
        return List.of(
                design("Floral", "Daisy Field", Pattern.FLORAL, Finish.GLOSSY)
                        .color("#a9cfe8")
                        .accent("#fffdf7")
                        .detail(0.5)
                        .tags("spring", "fun")
                        .item(),
                design("Floral", "Cherry Blossom", Pattern.FLORAL, Finish.GLOSSY)
                        .color("#f7dcd6")
                        .accent("#e2648c")
                        .coverage(0.8)
                        .detail(0.45)
                        .tags("spring", "soft")
                        .item(),
                design("Floral", "Night Garden", Pattern.FLORAL, Finish.MATTE)
                        .color("#17202e")
                        .accent("#d98aa6")
                        .detail(0.5)
                        .tags("evening")
                        .item());
    }

    private static List<CatalogItem> metals() {
        return List.of(
                design("Metallic", "Rose Gold", Pattern.SOLID, Finish.METALLIC)
                        .color("#cf9283")
                        .shine(0.7)
                        .tags("party", "gold")
                        .item(),
                design("Metallic", "Gunmetal", Pattern.SOLID, Finish.METALLIC)
                        .color("#5c6069")
                        .shine(0.7)
                        .tags("evening")
                        .item(),
                design("Metallic", "Liquid Silver", Pattern.SOLID, Finish.CHROME)
                        .color("#d9dbe0")
                        .shine(0.8)
                        .tags("chrome", "party")
                        .item(),
                design("Metallic", "Emerald Cat Eye", Pattern.SOLID, Finish.CAT_EYE)
                        .color("#1b8a62")
                        .shine(0.7)
                        .tags("magnetic", "evening")
                        .item());
    }

    private static List<CatalogItem> mattes() {
        return List.of(
                design("Matte", "Blackboard", Pattern.SOLID, Finish.MATTE)
                        .color("#1b1b1e")
                        .shine(0.2)
                        .tags("evening")
                        .item(),
                design("Matte", "Terracotta", Pattern.SOLID, Finish.MATTE)
                        .color("#b4593c")
                        .shine(0.2)
                        .tags("autumn")
                        .item(),
                design("Matte", "Dusty Mauve", Pattern.SOLID, Finish.MATTE)
                        .color("#a6788a")
                        .shine(0.2)
                        .tags("office", "soft")
                        .item());
    }

    private static CatalogItem cream(String category, String title, String color, String... tags) {
        return design(category, title, Pattern.SOLID, Finish.GLOSSY)
                .color(color)
                .tags(tags)
                .item();
    }

    private static Design design(String category, String title, Pattern pattern, Finish finish) {
        return new Design(category, title, pattern, finish);
    }
}
