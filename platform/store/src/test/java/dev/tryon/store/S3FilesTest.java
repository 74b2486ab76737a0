package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks S3 and checks signatures. */
class S3FilesTest extends FileStoreTest {
    private static BlobStore blobs;
    private static S3Proxy server;

    private FileStore files;

    @BeforeAll
    static void startServer() throws Exception {
        var context = ContextBuilder.newBuilder("transient").build(BlobStoreContext.class);
        blobs = context.getBlobStore();
        blobs.createContainerInLocation(null, "pictures");
        server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "secret")
                .build();
        server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
    }

    @BeforeEach
    void open() {
        blobs.clearContainer("pictures");
        files = new S3Files(bucket("secret", server.getPort()), "here/");
    }

    @Override
    FileStore files() {
        return files;
    }

    @Test
    void seesNothingUnderAnotherPrefix() {
        var id = UUID.randomUUID();
        files.write(id, ByteBuffer.wrap(new byte[10]));

        var elsewhere = new S3Files(bucket("secret", server.getPort()), "there/");

        assertThat(elsewhere.list()).isEmpty();
        assertThat(elsewhere.exists(id)).isFalse();
    }

    @Test
    void saysThatItMayNotRatherThanThatThereIsNothing() {
        var intruder = new S3Files(bucket("guessed", server.getPort()), "here/");

        assertThatThrownBy(() -> intruder.exists(UUID.randomUUID())).isInstanceOf(StoreException.class);
        assertThatThrownBy(intruder::list).isInstanceOf(StoreException.class);
    }

    @Test
    void failsWhenNobodyIsThere() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var nowhere = new S3Files(bucket("secret", port), "here/");

        assertThatThrownBy(() -> nowhere.write(UUID.randomUUID(), ByteBuffer.allocate(1)))
                .isInstanceOf(StoreException.class);
    }

    private static FileSettings.Bucket bucket(String secret, int port) {
        return new FileSettings.Bucket(
                URI.create("http://127.0.0.1:" + port),
                "pictures",
                "eu-central-1",
                "access",
                secret,
                FileSettings.Addressing.PATH);
    }
}
