package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.spi.Frame;
import dev.tryon.store.NewFile;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import dev.tryon.store.StoredFile;
import dev.tryon.vision.FrameCodec;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultKeeperTest {
    private static final int ROOM = 200_000;

    private final FakeClock time = new FakeClock();
    private final Store store = Store.inMemory(time.clocks().wall(), new Store.Limits("node", ROOM, ROOM));
    private final FrameCodec codec = new FrameCodec();
    private final DeviceScheduler device =
            new DeviceScheduler(new DeviceShape(1, 1), SchedulerSettings.standard(), System::nanoTime);
    private final PixelThreads pixels = new PixelThreads("pixels", 1, Duration.ofSeconds(30), device);
    private final ResultKeeper keeper = new ResultKeeper(
            new ServerSettings.Results(Duration.ofDays(30), 1 << 30, 92),
            store.results(),
            codec,
            pixels,
            time.clocks().wall());

    @AfterEach
    void everythingIsGivenBack() {
        pixels.close();
        device.close();
        assertThat(codec.framesInUse()).isZero();
        codec.close();
        store.close();
    }

    private static ResultKeeper.Facts facts(UUID id) {
        return new ResultKeeper.Facts(
                id,
                "ann",
                "square",
                "capture",
                Json.createObjectBuilder().add("item", "cherry").build(),
                Optional.of(0.9),
                Optional.of(UUID.randomUUID()),
                Optional.empty(),
                JsonValue.EMPTY_JSON_OBJECT);
    }

    private static Frame red(int width, int height) {
        var frame = Frame.allocate(width, height);
        for (int pixel = 0; pixel < width * height; pixel++) {
            frame.pixels().put(3 * pixel + 2, (byte) 200);
        }
        return frame;
    }

    private Frame decoded(Result result, String name) {
        return codec.decodeUpload(store.results().read(result.file(name).orElseThrow()));
    }

    @Test
    void keepsAPictureWithAThumbnailForThirtyDays() {
        var id = UUID.randomUUID();

        var result = keeper.keepDrawn(facts(id), () -> red(800, 600));

        assertThat(store.results().find(id, "ann")).contains(result);
        assertThat(result.expiresAt()).isEqualTo(time.clocks().now().plus(Duration.ofDays(30)));
        assertThat(result.files()).extracting(StoredFile::name).containsExactly("image", "thumbnail");
        assertThat(result.files()).extracting(StoredFile::mediaType).containsOnly("image/jpeg");
        try (var image = decoded(result, ResultKeeper.IMAGE);
                var thumbnail = decoded(result, ResultKeeper.THUMBNAIL)) {
            assertThat(image.width()).isEqualTo(800);
            assertThat(thumbnail.width()).isEqualTo(320);
            assertThat(thumbnail.height()).isEqualTo(240);
            assertThat(Pictures.pixel(thumbnail, 100, 100) >> 16).isBetween(195, 205);
        }
    }

    @Test
    void leavesTheThumbnailOfASmallPictureAsSmall() {
        var result = keeper.keepDrawn(facts(UUID.randomUUID()), () -> red(64, 48));

        try (var thumbnail = decoded(result, ResultKeeper.THUMBNAIL)) {
            assertThat(thumbnail.width()).isEqualTo(64);
        }
    }

    @Test
    void keepsOneUnderOneId() {
        var id = UUID.randomUUID();

        var first = keeper.keepDrawn(facts(id), () -> red(64, 48));
        var second = keeper.keepDrawn(facts(id), () -> red(32, 24));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void drawsNothingForWhichThereIsNoRoom() {
        keeper.keep(facts(UUID.randomUUID()), List.of(new NewFile("video", "video/mp4", ByteBuffer.allocate(ROOM))));

        assertThatThrownBy(() -> keeper.keepDrawn(facts(UUID.randomUUID()), () -> {
                    throw new AssertionError("it was drawn");
                }))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo("STORAGE_QUOTA_EXCEEDED");
                    assertThat(refusal.problem().recoverable()).isTrue();
                });
    }

    @Test
    void saysThatThereIsNoRoom() {
        var large = new NewFile("video", "video/mp4", ByteBuffer.allocate(ROOM + 1));

        assertThatThrownBy(() -> keeper.keep(facts(UUID.randomUUID()), List.of(large)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo("STORAGE_QUOTA_EXCEEDED"));
    }
}
