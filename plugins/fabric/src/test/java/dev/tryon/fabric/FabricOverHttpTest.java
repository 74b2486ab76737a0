package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.Settings;
import dev.tryon.server.TryOnServer;
import dev.tryon.testkit.ClothMaps;
import dev.tryon.testkit.ClothStudio;
import dev.tryon.vision.FrameCodec;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** What a client is told of scans of good and of bad photos, by a real server over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FabricOverHttpTest {
    private static final String BOUNDARY = "xXboundaryXx";
    private static final String JSON = "application/json";

    private TryOnServer server;
    private String token = "";
    private byte[] denim = {};

    @BeforeAll
    void start(@TempDir Path dataDir) throws IOException {
        try (var codec = new FrameCodec();
                var material = new FabricEngine().material("denim", 512).orElseThrow()) {
            denim = new ClothStudio(codec, 640, 480)
                    .photograph(ClothMaps.of(material), 3)
                    .jpeg();
        }
        server = TryOnServer.start(Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "server.port", "0",
                        "server.host", "127.0.0.1",
                        "data-dir", dataDir.toString(),
                        "store.url", "memory:",
                        "web.root", dataDir.toString())));
        token = call("POST", "/api/v1/guests", JSON, new byte[0]).json().getString("token");
    }

    @AfterAll
    void stop() {
        server.stop();
        assertThat(server.framesInUse()).isZero();
    }

    private record Answer(int status, String text) {
        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        }
    }

    private Answer call(String method, String path, String type, byte[] body) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + server.port() + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Prefer", "wait=60");
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (!method.equals("GET")) {
            connection.setRequestProperty("Content-Type", type);
            connection.setDoOutput(true);
            connection.getOutputStream().write(body);
        }
        var status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Answer upload(byte[] photo) throws IOException {
        var form = new ByteArrayOutputStream();
        form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfabric\r\n--"
                        + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(photo);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return call("POST", "/api/v1/uploads", "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
    }

    /** Scans a photo. @param options JSON @return the job, or what refused it */
    private Answer scan(byte[] photo, String options) throws IOException {
        var upload = upload(photo);
        assertThat(upload.status()).as(upload.text()).isEqualTo(201);
        var order = """
                {"kind":"scan","engine":"fabric","inputs":{"fabric":"%s"},"look":{"options":%s}}""".formatted(upload.json().getString("id"), options);
        return call("POST", "/api/v1/jobs", JSON, order.getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject properties(Answer job) throws IOException {
        assertThat(job.status()).as(job.text()).isEqualTo(200);
        assertThat(job.json().getString("status")).as(job.text()).isEqualTo("succeeded");
        return call("GET", "/api/v1/results/" + job.json().getString("resultId"), JSON, new byte[0])
                .json()
                .getJsonObject("metadata")
                .getJsonObject("properties");
    }

    /** Checks that a job failed with a sentence that a person can act on. */
    private static void failed(Answer job, String code, String part) {
        assertThat(job.status()).as(job.text()).isEqualTo(200);
        assertThat(job.json().getString("status")).as(job.text()).isEqualTo("failed");
        var problem = job.json().getJsonObject("problem");
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getInt("status")).isEqualTo(422);
        assertThat(problem.toString()).contains(part).doesNotContain("dev.tryon", "Exception");
    }

    private static byte[] png(Mat picture) {
        var encoded = new MatOfByte();
        Imgcodecs.imencode(".png", picture, encoded);
        picture.release();
        return encoded.toArray();
    }

    private static byte[] jpeg(Mat picture) {
        var encoded = new MatOfByte();
        Imgcodecs.imencode(".jpg", picture, encoded);
        picture.release();
        return encoded.toArray();
    }

    private Mat photo() {
        return Imgcodecs.imdecode(new MatOfByte(denim), Imgcodecs.IMREAD_COLOR);
    }

    @Test
    void tellsTheTilesTrueSizeOfASwatchWhoseWidthIsKnown() throws IOException {
        var properties = properties(scan(denim, "{\"widthMillimetres\":200,\"swatch\":\"whole\",\"size\":\"512\"}"));

        assertThat(properties.getInt("swatchWidthMillimetres")).isEqualTo(200);
        assertThat(properties.getJsonNumber("widthMillimetres").doubleValue()).isBetween(5.0, 200.0);
        assertThat(properties.getJsonNumber("dotsPerInch").doubleValue())
                .isEqualTo(512
                        * 25.4
                        / properties.getJsonNumber("widthMillimetres").doubleValue());
    }

    @Test
    void findsNoClothInAnEmptyPicture() throws IOException {
        failed(
                scan(png(new Mat(480, 640, CvType.CV_8UC3, new Scalar(128, 128, 128))), "{}"),
                "FABRIC_NOT_DETECTED",
                "cloth");
    }

    @Test
    void findsNoClothInAPictureThatIsBurntOut() throws IOException {
        failed(scan(jpeg(new Mat(480, 640, CvType.CV_8UC3, Scalar.all(255))), "{}"), "FABRIC_NOT_DETECTED", "");
    }

    @Test
    void refusesAPhotoOf64Pixels() throws IOException {
        var small = new Mat();
        Imgproc.resize(photo(), small, new Size(64, 64));

        failed(scan(png(small), "{}"), "INVALID_IMAGE", "96");
    }

    @Test
    void scansAPhotoOfTwelveMegapixels() throws IOException {
        var large = new Mat();
        Imgproc.resize(photo(), large, new Size(4000, 3000), 0, 0, Imgproc.INTER_CUBIC);

        assertThat(properties(scan(jpeg(large), "{\"size\":\"512\"}"))).containsKeys("corners", "class", "warnings");
    }

    @Test
    void refusesAPhotoThatIsTooLargeBeforeItIsKept() throws IOException {
        var answer = upload(jpeg(new Mat(3, 5000, CvType.CV_8UC3, Scalar.all(90))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().getString("code")).isEqualTo("INVALID_IMAGE");
    }

    @Test
    void scansAPictureWithTransparency() throws IOException {
        var transparent = new Mat();
        Imgproc.cvtColor(photo(), transparent, Imgproc.COLOR_BGR2BGRA);
        transparent.submat(0, 40, 0, 640).setTo(new Scalar(0, 0, 0, 0));

        assertThat(properties(scan(png(transparent), "{\"size\":\"512\"}"))).containsKey("corners");
    }

    @Test
    void findsNoClothWhereAllIsTransparent() throws IOException {
        failed(scan(png(new Mat(480, 640, CvType.CV_8UC4, Scalar.all(0))), "{}"), "FABRIC_NOT_DETECTED", "");
    }

    @Test
    void scansAGreyPicture() throws IOException {
        var grey = new Mat();
        Imgproc.cvtColor(photo(), grey, Imgproc.COLOR_BGR2GRAY);

        assertThat(properties(scan(png(grey), "{\"size\":\"512\"}"))).containsKey("class");
    }

    @Test
    void answersForANoisyPicture() throws IOException {
        var noise = new Mat(480, 640, CvType.CV_8UC3);
        var bytes = new byte[640 * 480 * 3];
        new Random(5).nextBytes(bytes);
        noise.put(0, 0, bytes);
        Core.multiply(noise, Scalar.all(0.8), noise);

        var job = scan(jpeg(noise), "{\"size\":\"512\"}");

        assertThat(job.json().getString("status")).isIn("succeeded", "failed");
        assertThat(job.text()).doesNotContain("INTERNAL", "PROCESSING_FAILED");
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9", "0.1, 0.5, 0.4, 0.5, 0.6, 0.5, 0.9, 0.5"})
    void refusesCornersThatCrossOrLieOnALine(
            double x1, double y1, double x2, double y2, double x3, double y3, double x4, double y4) throws IOException {
        var options = """
                {"swatch":"corners","topLeftX":%s,"topLeftY":%s,"topRightX":%s,"topRightY":%s,
                "bottomRightX":%s,"bottomRightY":%s,"bottomLeftX":%s,"bottomLeftY":%s}""".formatted(x1, y1, x2, y2, x3, y3, x4, y4);

        failed(scan(denim, options), "INVALID_LOOK", "clockwise");
    }

    @Test
    void namesOptionsThatThereAreNot() throws IOException {
        var answer = scan(denim, "{\"class\":\"paper\",\"topLeftX\":1.5,\"gloss\":1}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("/look/options/class", "/look/options/topLeftX", "/look/options/gloss");
    }

    @Test
    void handsOnAScanAndServesItsOwnMaterials() throws IOException {
        var job = scan(denim, "{\"size\":\"512\"}");
        var archive = call(
                "GET", "/api/v1/results/" + job.json().getString("resultId") + "/archive?relief=0", JSON, new byte[0]);
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.text()).contains("material.gltf", "material.u3m");

        var item = call("GET", "/api/v1/engines/fabric/catalog/lace", JSON, new byte[0])
                .json();
        var material = item.getJsonObject("material");
        var gltf = call("GET", material.getString("address") + "/512/material.gltf", JSON, new byte[0])
                .json();
        for (var image : gltf.getJsonArray("images")) {
            var file = image.asJsonObject().getString("uri");
            assertThat(call("GET", material.getString("address") + "/512/" + file, JSON, new byte[0])
                            .status())
                    .as(file)
                    .isEqualTo(200);
        }
        for (var map : material.getJsonObject("maps").keySet()) {
            var file = material.getJsonObject("maps").getString(map);
            assertThat(call("GET", material.getString("address") + "/512/" + file, JSON, new byte[0])
                            .status())
                    .as(map)
                    .isEqualTo(200);
        }
    }
}
