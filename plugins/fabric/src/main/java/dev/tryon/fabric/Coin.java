package dev.tryon.fabric;

import java.util.Arrays;
import java.util.Optional;

/** A coin by which a photo tells its scale; figures are those of the mints. */
enum Coin implements ScaleReference {
    EURO_1("1-euro", 23.25, 2.33),
    EURO_2("2-euro", 25.75, 2.2),
    EURO_50_CENT("50-euro-cent", 24.25, 2.38),
    US_QUARTER("us-quarter", 24.26, 1.75),
    US_PENNY("us-penny", 19.05, 1.52),
    UK_2_POUNDS("uk-2-pounds", 28.4, 2.5),
    UK_10_PENCE("uk-10-pence", 24.5, 1.85),
    SWISS_1_FRANC("swiss-1-franc", 23.2, 1.55),
    YEN_100("100-yen", 22.6, 1.7);

    private final String word;
    private final double diameterMillimetres;
    private final double thicknessMillimetres;

    Coin(String word, double diameterMillimetres, double thicknessMillimetres) {
        this.word = word;
        this.diameterMillimetres = diameterMillimetres;
        this.thicknessMillimetres = thicknessMillimetres;
    }

    /** Returns the coin of a name. */
    static Optional<Coin> of(String word) {
        return Arrays.stream(values()).filter(coin -> coin.word.equals(word)).findFirst();
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public Optional<ScaleMark> in(ScaleView view) {
        return CoinFinder.find(view, this);
    }

    /** Returns its width. */
    double diameterMillimetres() {
        return diameterMillimetres;
    }

    /** Returns how far its face is above what it lies on. */
    double thicknessMillimetres() {
        return thicknessMillimetres;
    }
}
