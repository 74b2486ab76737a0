package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.Main;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureLimits;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code tryon scan fabric}, as its user runs it. */
@Isolated("the error stream is the process's")
class ScanCommandTest {
    private static final int FINE = 0;
    private static final int NOT_UNDERSTOOD = 2;
    private static final List<String> MAPS =
            List.of("ao", "basecolor", "height", "metalness", "normal", "normal-dx", "roughness");

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private FrameCodec codec;

    @BeforeEach
    void open() throws IOException {
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        codec = new FrameCodec();
        Files.createDirectory(photos());
        Files.writeString(folder.resolve("settings.yaml"), "data-dir: " + folder.resolve("data") + "\n");
    }

    @AfterEach
    void close() {
        codec.close();
        System.setErr(usual);
    }

    @Test
    void writesEveryMapByItsNameIntoAFolderOfThePhotos() throws IOException {
        var photo = Files.write(photos().resolve("linen.jpg"), cloth());

        assertThat(scan(photo, "{\"options\":{\"size\":\"512\"}}")).isEqualTo(FINE);

        assertThat(files(out().resolve("linen")))
                .containsExactlyInAnyOrderElementsOf(
                        MAPS.stream().map(map -> map + ".png").toList());
        try (var base = codec.decode(
                ByteBuffer.wrap(Files.readAllBytes(out().resolve("linen/basecolor.png"))), PictureLimits.UPLOAD)) {
            assertThat(List.of(base.width(), base.height())).containsExactly(512, 512);
        }
    }

    @Test
    void reportsWhatWasFoundOut() throws IOException {
        var photo = Files.write(photos().resolve("linen.jpg"), cloth());

        assertThat(scan(photo, "{\"options\":{\"size\":\"512\",\"class\":\"denim\"}}"))
                .isEqualTo(FINE);

        var entry = entries().getFirst();
        assertThat(entry.getString("file")).isEqualTo("linen.jpg");
        assertThat(entry.getString("outcome")).isEqualTo("scanned");
        assertThat(entry.getJsonArray("corners")).hasSize(8);
        assertThat(entry.getString("class")).isEqualTo("denim");
        assertThat(entry.getJsonArray("period")).hasSize(2);
        assertThat(entry.getJsonArray("warnings")).isNotNull();
        assertThat(entry.getJsonArray("advice")).hasSameSizeAs(entry.getJsonArray("warnings"));
        assertThat(entry.getJsonNumber("milliseconds").doubleValue()).isPositive();
        assertThat(entry).doesNotContainKeys("widthMillimetres", "dotsPerInch");
    }

    @Test
    void tellsTheSizeOfSwatchAndTileWhereAWidthIsGiven() throws IOException {
        var photo = Files.write(photos().resolve("linen.jpg"), cloth());

        scan(photo, "{\"options\":{\"size\":\"512\",\"widthMillimetres\":120}}");

        var entry = entries().getFirst();
        assertThat(entry.getJsonNumber("swatchWidthMillimetres").doubleValue()).isEqualTo(120);
        assertThat(entry.getJsonNumber("widthMillimetres").doubleValue()).isBetween(20.0, 119.0);
        assertThat(entry.getJsonNumber("dotsPerInch").doubleValue())
                .isEqualTo(512 * 25.4 / entry.getJsonNumber("widthMillimetres").doubleValue());
    }

    @Test
    void readsTheLookFromAFile() throws IOException {
        var photo = Files.write(photos().resolve("linen.jpg"), cloth());
        var look =
                Files.writeString(folder.resolve("look.json"), "{\"options\":{\"size\":\"512\",\"class\":\"silk\"}}");

        assertThat(scan(photo, look.toString())).isEqualTo(FINE);
        assertThat(entries().getFirst().getString("class")).isEqualTo("silk");
    }

    @Test
    void answersEachBadPictureOfAFolderAndScansTheOthers() throws IOException {
        var good = cloth();
        Files.write(photos().resolve("1-cut-off.jpg"), Arrays.copyOf(good, good.length / 2));
        Files.writeString(photos().resolve("2-no-picture.png"), "two yards of linen");
        Files.write(photos().resolve("3-hand.jpg"), OddPictures.jpeg(codec, OddPictures.hand()));
        Files.write(photos().resolve("4-thumbnail.png"), OddPictures.png(OddPictures.cloth(64, 64)));
        Files.write(photos().resolve("5-linen.jpg"), good);
        Files.writeString(photos().resolve("notes.txt"), "is left out");

        assertThat(scan(photos(), "{\"options\":{\"size\":\"512\"}}")).isEqualTo(FINE);

        assertThat(entries())
                .extracting(entry -> entry.getString("outcome"))
                .containsExactly("rejected", "rejected", "rejected", "rejected", "scanned");
        assertThat(entries().subList(0, 4))
                .extracting(entry -> entry.getString("code"))
                .containsExactly("INVALID_IMAGE", "INVALID_IMAGE", "FABRIC_NOT_DETECTED", "INVALID_IMAGE");
        assertThat(entries().subList(0, 4))
                .allSatisfy(entry ->
                        assertThat(entry.getString("suggestion")).isNotBlank().doesNotContain(folder.toString()));
        assertThat(files(out())).containsExactly("5-linen");
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("tryon: 3-hand.jpg: No cloth is seen");
    }

    @Test
    void takesNoOptionThatThereIsNot() throws IOException {
        var photo = Files.write(photos().resolve("linen.jpg"), cloth());

        assertThat(scan(photo, "{\"options\":{\"swatch\":\"corners\",\"topLeftX\":-0.2}}"))
                .isEqualTo(NOT_UNDERSTOOD);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("topLeftX");
        assertThat(out()).doesNotExist();
    }

    @Test
    void saysThatThereIsNoSuchPhotoOrNoneInAFolder() {
        assertThat(scan(photos().resolve("missing.jpg"), "{}")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(scan(photos(), "{}")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("there is no " + photos().resolve("missing.jpg"))
                .contains("there are no pictures in " + photos());
    }

    private int scan(Path in, String look) {
        return Main.run(List.of(
                "scan",
                "fabric",
                "--in",
                in.toString(),
                "--out",
                out().toString(),
                "--look",
                look,
                "--report",
                folder.resolve("report.json").toString(),
                "--config",
                folder.resolve("settings.yaml").toString()));
    }

    private Path photos() {
        return folder.resolve("photos");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private byte[] cloth() {
        return OddPictures.jpeg(codec, OddPictures.cloth(800, 600));
    }

    private static List<String> files(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<JsonObject> entries() throws IOException {
        try (var reader = Json.createReader(Files.newBufferedReader(folder.resolve("report.json")))) {
            return new ArrayList<>(reader.readObject().getJsonArray("entries").getValuesAs(JsonValue::asJsonObject));
        }
    }
}
