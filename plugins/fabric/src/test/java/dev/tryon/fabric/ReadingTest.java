package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine.Finish;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Pixels;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class ReadingTest {
    @Test
    void readsBackWhatWasShown() {
        var material = swatch("silk-satin");
        try (var scan = Showing.of(material)) {
            var read = Reading.of(scan, material.title());

            assertThat(read.maps().baseColor().rgb())
                    .isEqualTo(material.maps().baseColor().rgb());
            assertThat(read.maps().normal().rgb())
                    .isEqualTo(material.maps().normal().rgb());
            assertThat(read.maps().height().mean())
                    .isCloseTo(material.maps().height().mean(), within(0.002));
            assertThat(read.kind()).isEqualTo(FabricClass.SILK);
            assertThat(read.size()).isEqualTo(material.size());
            assertThat(read.sheen()).isEqualTo(material.sheen());
            assertThat(read.relief()).isEqualTo(material.relief());
        }
    }

    @Test
    void readsBackHoles() {
        try (var scan = Showing.of(swatch("lace"))) {
            assertThat(Reading.of(scan, "Lace").maps().opacity()).isPresent();
        }
    }

    @Test
    void keepsTheTilesTrueSizeOfAScanThroughEveryFormat() {
        try (var codec = new FrameCodec();
                var maps = Showing.of(swatch("linen-plain"));
                var scope = new MatScope()) {
            var photo =
                    scope.keep(Pixels.mat(Objects.requireNonNull(maps.pictures().get("basecolor"))));
            var given = Map.<String, OptionValue>of(
                    "swatch", new OptionValue.Text("whole"), "widthMillimetres", new OptionValue.Quantity(80));
            Imgproc.resize(photo, photo, new Size(400, 400));
            var cloth =
                    PhotoScan.of(photo, ScanOrder.of(Options.of(ScanOrder.OPTIONS, given)), Progress.UNWATCHED, scope);
            var tile = cloth.size().orElseThrow();

            var scan = new Scan(ScanPictures.of(cloth.maps(), scope), ScanProperties.of(cloth));
            var read = Reading.of(scan, "Linen");

            assertThat(tile.widthMillimetres()).isLessThanOrEqualTo(80);
            assertThat(read.size()).contains(tile);
            var files = MaterialZip.files(read, codec, Instant.EPOCH, Steps.unwatched());
            var scale = parsed(Objects.requireNonNull(files.get(GltfExport.FILE)))
                    .getJsonArray("materials")
                    .getJsonObject(0)
                    .getJsonObject("normalTexture")
                    .getJsonObject("extensions")
                    .getJsonObject("KHR_texture_transform")
                    .getJsonArray("scale");
            assertThat(500 / scale.getJsonNumber(0).doubleValue()).isCloseTo(tile.widthMillimetres(), within(1e-6));
            assertThat(500 / scale.getJsonNumber(1).doubleValue()).isCloseTo(tile.heightMillimetres(), within(1e-6));
            var u3m = new String(Objects.requireNonNull(files.get(U3mExport.FILE)), StandardCharsets.UTF_8);
            assertThat(u3m).contains("\"width\":" + tile.widthMillimetres());
            scan.close();
        }
    }

    @Test
    void changesTheSurfaceByItsFinish() {
        var twill = swatch("cotton-twill");

        var flat = twill.with(new Finish(0, 0.5));
        var steep = twill.with(new Finish(2, 2));

        assertThat(flat.relief()).isZero();
        assertThat(flat.maps().normal().rgb()[0] & 0xFF).isEqualTo(128);
        assertThat(flat.maps().normal().rgb()[2] & 0xFF).isEqualTo(255);
        assertThat(flat.maps().roughness().mean())
                .isCloseTo(twill.maps().roughness().mean() / 2, within(1e-5));
        assertThat(steep.relief()).isEqualTo(2 * twill.relief());
        assertThat(steep.maps().roughness().mean()).isGreaterThan(0.99);
        assertThat(slope(steep)).isCloseTo(2 * slope(twill), within(0.2 * slope(twill)));
        assertThat(twill.with(Finish.AS_SCANNED).maps().normal().rgb())
                .isEqualTo(twill.maps().normal().rgb());
    }

    /** Returns the mean steepness of a material's normals to the right. */
    private static double slope(Material material) {
        var rgb = material.maps().normal().rgb();
        var sum = 0.0;
        for (var at = 0; at < rgb.length; at += 3) {
            sum += Math.abs((rgb[at] & 0xFF) - 127.5) / ((rgb[at + 2] & 0xFF) - 127.5);
        }
        return sum / rgb.length * 3;
    }

    private static JsonObject parsed(byte[] file) {
        try (var reader = Json.createReader(new ByteArrayInputStream(file))) {
            return reader.readObject();
        }
    }

    @Test
    void refusesAScanWithoutHeight() {
        assertThatExceptionOfType(TryOnException.class)
                .isThrownBy(() -> Reading.of(new Scan(Map.of("basecolor", Frame.allocate(64, 64)), Map.of()), "Half"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_IMAGE));
    }

    @Test
    void refusesMapsOfDifferentSizes() {
        try (var scan = Showing.of(swatch("denim"))) {
            var pictures = new HashMap<>(scan.pictures());
            pictures.put("height", Frame.allocate(32, 32));

            assertThatExceptionOfType(TryOnException.class)
                    .isThrownBy(() -> Reading.of(new Scan(pictures, scan.properties()), "Odd"))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_IMAGE));
        }
    }

    private static Material swatch(String id) {
        return Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(id))
                .findFirst()
                .orElseThrow()
                .make(64, Steps.unwatched());
    }
}
