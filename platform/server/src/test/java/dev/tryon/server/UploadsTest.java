package dev.tryon.server;

import static dev.tryon.server.Person.BOUNDARY;
import static dev.tryon.server.Person.form;
import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Frame;
import dev.tryon.store.Custody;
import dev.tryon.store.NewFile;
import dev.tryon.store.Upload;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadsTest {
    private static final byte[] PNG = Pictures.gradient(40, 30, PictureFormat.PNG);

    private TestServer server;
    private Person person;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of(
                "limits.page", "10000/PT1M",
                "limits.page-uploads", "10000/PT1H",
                "uploads.max-bytes", "200000",
                "uploads.max-video-bytes", "300000",
                "uploads.memory-bytes", "700000",
                "uploads.bytes-per-owner", "700000"));
        person = Person.guest(server);
    }

    @AfterEach
    void nothingLeaks() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
    }

    private static byte[] film(int frames) {
        try (var codec = new VideoCodec();
                var writer = codec.writer(64, 48, 25, 75)) {
            for (int number = 0; number < frames; number++) {
                try (var frame = Frame.allocate(64, 48)) {
                    writer.write(frame, Duration.ofMillis(40).multipliedBy(number));
                }
            }
            var buffer = writer.finish();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }

    @Test
    void keepsAnUploadForItsOwnerAlone() {
        var created = person.upload(PNG, "reference");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var upload = created.json();
        assertThat(upload.getString("mediaType")).isEqualTo("image/png");
        assertThat(upload.getInt("bytes")).isEqualTo(PNG.length);
        assertThat(upload.getInt("width")).isEqualTo(40);
        assertThat(upload.getInt("height")).isEqualTo(30);
        var location = created.header("location");
        assertThat(location).isEqualTo("/api/v1/uploads/" + upload.getString("id"));
        assertThat(person.get(location).json()).isEqualTo(upload);
        assertThat(person.get(upload.getString("url")).response().body()).isEqualTo(PNG);
        var other = Person.guest(server);
        isProblem(other.get(location), 404, "NOT_FOUND");
        isProblem(other.get(upload.getString("url")), 404, "NOT_FOUND");
        isProblem(other.delete(location), 404, "NOT_FOUND");
        assertThat(person.delete(location).status()).isEqualTo(204);
        isProblem(person.get(location), 404, "NOT_FOUND");
    }

    @Test
    void listsOnesOwnAlone() {
        var mine = person.upload(PNG, "person").json();
        Person.guest(server).upload(PNG, "person");

        assertThat(person.get("/api/v1/uploads").json().getJsonArray("items")).containsExactly(mine);
    }

    @Test
    void forgetsAStylePictureAfterADay() {
        var location = person.upload(PNG, "reference").header("location");

        server.clock.advance(Duration.ofDays(1));

        isProblem(person.get(location), 404, "NOT_FOUND");
    }

    @Test
    void forgetsAnUploadAfterItsTime() {
        var location = person.upload(PNG, "person").header("location");

        server.clock.advance(Duration.ofDays(7));

        isProblem(person.get(location), 404, "NOT_FOUND");
    }

    @Test
    void tellsHowLongAVideoIs() {
        var created = person.upload(film(50), "video");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().getString("mediaType")).isEqualTo("video/mp4");
        assertThat(created.json().getInt("frameCount")).isEqualTo(50);
        assertThat(created.json().getJsonNumber("durationSeconds").doubleValue())
                .isEqualTo(2.0);
        var part = person.get(created.json().getString("url"), "Range", "bytes=4-7");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("ftyp");
    }

    @Test
    void refusesVideosThatAreTooLongOrNone() {
        isProblem(person.upload(film(150), "video"), 422, "VIDEO_TOO_LONG");
        isProblem(person.upload(PNG, "video"), 422, "INVALID_VIDEO");
        isProblem(person.upload(Arrays.copyOf(film(50), 600), "video"), 422, "INVALID_VIDEO");
        isProblem(person.upload(film(50), "person"), 422, "INVALID_IMAGE");
    }

    @Test
    void refusesAFileThatIsNotWhatItIsCalled() {
        isProblem(person.send(form(PNG, "person", "image/jpeg")), 422, "MEDIA_TYPE_MISMATCH");
        isProblem(person.send(form(film(5), "video", "video/webm")), 422, "MEDIA_TYPE_MISMATCH");
        assertThat(person.send(form(PNG, "person", "Image/PNG; a=b")).status()).isEqualTo(201);
    }

    @Test
    void refusesAFileThatIsAnArchiveToo() {
        var jpeg = Pictures.gradient(40, 30, PictureFormat.JPEG);
        var archive = new ByteArrayOutputStream();
        archive.writeBytes(jpeg);
        archive.writeBytes("PK\5\6".getBytes(StandardCharsets.ISO_8859_1));
        archive.writeBytes(new byte[18]);

        assertThat(person.upload(archive.toByteArray(), "person").status()).isEqualTo(422);
        assertThat(person.upload(jpeg, "person").status()).isEqualTo(201);
    }

    @Test
    void namesWhatIsWrongWithAForm() {
        var unknownPurpose = person.upload(PNG, "blackmail");
        isProblem(unknownPurpose, 422, "VALIDATION_FAILED");
        assertThat(unknownPurpose.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
                .isEqualTo("/purpose");
        var noFile = person.send(("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nperson\r\n--" + BOUNDARY
                        + "--\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        isProblem(noFile, 422, "VALIDATION_FAILED");
        assertThat(noFile.text()).contains("/file");
    }

    @Test
    void refusesABrokenForm() {
        isProblem(person.send("nonsense".getBytes(StandardCharsets.US_ASCII)), 400, "MALFORMED_REQUEST");
        isProblem(person.send(new byte[0]), 400, "MALFORMED_REQUEST");
        isProblem(person.send(Arrays.copyOf(form(PNG, "person"), 200)), 400, "MALFORMED_REQUEST");
        isProblem(person.post("/api/v1/uploads", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void refusesAFileBeyondTheLimitOfItsPurpose() {
        isProblem(person.upload(new byte[200_001], "person"), 413, "PAYLOAD_TOO_LARGE");
        isProblem(person.upload(new byte[300_001], "video"), 413, "PAYLOAD_TOO_LARGE");
        isProblem(person.upload(new byte[250_000], "video"), 422, "INVALID_VIDEO");
    }

    @Test
    void takesNothingMoreOnceEverybodyTogetherKeepsEnough() {
        server.close();
        server = new TestServer(Map.of("files.total-bytes", String.valueOf(PNG.length)));
        assertThat(Person.guest(server).upload(PNG, "person").status()).isEqualTo(201);

        isProblem(Person.guest(server).upload(PNG, "person"), 507, "STORAGE_FULL");
    }

    @Test
    void saysWhenSomebodyKeepsAsMuchAsOneMay() {
        var now = server.clock.clocks().now();
        var much = new NewFile(Upload.CONTENT, "image/png", ByteBuffer.allocate(700_000));
        var custody = Custody.draft(UUID.randomUUID(), person.subject(), now, Duration.ofDays(1));
        server.server
                .store()
                .uploads()
                .keep(new Upload(custody, "person", "image/png", 1, 1, Optional.empty()), List.of(much));

        isProblem(person.upload(PNG, "person"), 507, "STORAGE_QUOTA_EXCEEDED");
        assertThat(Person.guest(server).upload(PNG, "person").status()).isEqualTo(201);
    }

    @Test
    void letsBodiesFillABoundedMemory() {
        // No picture, so that what is answered does not depend on how many uploads a person may keep.
        var text = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

        TestServer.until(() -> isRefusedBesideASlowBody(text));

        TestServer.until(() -> person.upload(text, "person").status() == 422);
    }

    /** Uploads beside a body that stops short of its end; whichever of the two comes last finds no room. */
    private boolean isRefusedBesideASlowBody(byte[] text) {
        var head = "POST /api/v1/uploads HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + person.token()
                + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 290000\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
        try (var slow =
                new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().write(new byte[280_000]);
            for (int tries = 0; tries < 50; tries++) {
                if (person.upload(text, "person").status() == 503) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            // It was the slow one that found no room, and was closed upon.
            return false;
        }
    }
}
