package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.testkit.ClothCases;
import dev.tryon.testkit.ClothMaps;
import dev.tryon.testkit.ClothStudio;
import dev.tryon.testkit.ClothTruth.Corner;
import dev.tryon.vision.FrameCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhotographedClothTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    @Test
    void photographsEveryMaterialWithItsWholeSwatchInThePicture() {
        var items = new ArrayList<String>();
        try (var codec = new FrameCodec()) {
            new ClothCases(new FabricEngine(), new ClothStudio(codec, WIDTH, HEIGHT), 512, 0, 1)
                    .forEach(Optional.empty(), taken -> {
                        var truth = taken.photograph().truth();
                        items.add(taken.item().id());
                        assertThat(truth.corners()).extracting(Corner::x).allSatisfy(x -> assertThat(x)
                                .isBetween(0.0, (double) WIDTH));
                        assertThat(truth.corners()).extracting(Corner::y).allSatisfy(y -> assertThat(y)
                                .isBetween(0.0, (double) HEIGHT));
                        assertThat(truth.repeat().isPresent())
                                .isEqualTo(!taken.item().id().matches("velvet|leather"));
                        assertThat(taken.photograph().jpeg()).hasSizeGreaterThan(2000);
                    });
        }
        assertThat(items).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void handsOnWhatItScannedFromAPhotograph() {
        var engine = new FabricEngine();
        try (var codec = new FrameCodec();
                var houndstooth = engine.material("houndstooth", 512).orElseThrow()) {
            var taken = new ClothStudio(codec, 800, 600).photograph(ClothMaps.of(houndstooth), 3);
            try (var photo = codec.decodeUpload(ByteBuffer.wrap(taken.jpeg()));
                    var scan = engine.scan(photo, Options.of(engine.info().options(), Map.of()), Progress.UNWATCHED)) {
                var files = MaterialZip.files(Reading.of(scan, "Houndstooth"), codec, Shelf.MADE, Steps.unwatched());

                assertThat(files).containsKeys("basecolor.jpg", "material.gltf", "material.mtlx", "material.u3m");
            }
        }
    }
}
