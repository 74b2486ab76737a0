package dev.tryon.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Files in a bucket of a store that speaks S3: {@code prefix/3f/3f0c…}.
 *
 * <p>A put is whole or nothing by S3's own promise. Checksums are left to the connection and to the seal, since not every
 * store knows Amazon's.
 */
final class S3Files implements FileStore {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);
    private static final Duration CALL_LIMIT = Duration.ofMinutes(2);

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** Uses a bucket, which must be there. @param prefix of all names */
    S3Files(FileSettings.Bucket place, String prefix) {
        this.bucket = place.name();
        this.prefix = prefix;
        this.client = S3Client.builder()
                .endpointOverride(place.endpoint())
                .region(Region.of(place.region()))
                .credentialsProvider(credentials(place))
                .forcePathStyle(place.addressing() == FileSettings.Addressing.PATH)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_WITHIN)
                        .socketTimeout(SILENCE_LIMIT))
                .overrideConfiguration(config -> config.apiCallTimeout(CALL_LIMIT))
                .build();
    }

    private static AwsCredentialsProvider credentials(FileSettings.Bucket place) {
        return place.accessKey().isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(place.accessKey(), place.secretKey()));
    }

    @Override
    public void write(UUID id, ByteBuffer content) {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(key(id)),
                    RequestBody.fromRemainingByteBuffer(content.duplicate()));
        } catch (SdkException failure) {
            throw new StoreException("the file " + id + " cannot be written", failure);
        }
    }

    @Override
    public SeekableByteChannel open(UUID id) {
        try {
            var head = client.headObject(request -> request.bucket(bucket).key(key(id)));
            return new ObjectChannel(id, head.contentLength());
        } catch (SdkException failure) {
            throw new StoreException("the file " + id + " cannot be read", failure);
        }
    }

    @Override
    public boolean exists(UUID id) {
        try {
            client.headObject(request -> request.bucket(bucket).key(key(id)));
            return true;
        } catch (NoSuchKeyException _) {
            return false;
        } catch (SdkException failure) {
            throw new StoreException("the file " + id + " cannot be looked for", failure);
        }
    }

    @Override
    public void delete(UUID id) {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(key(id)));
        } catch (NoSuchKeyException _) {
            // Amazon's own store says nothing about it; others do.
        } catch (SdkException failure) {
            throw new StoreException("the file " + id + " cannot be deleted", failure);
        }
    }

    @Override
    public List<UUID> list() {
        try {
            return client
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .map(key -> UUID.fromString(key.substring(key.lastIndexOf('/') + 1)))
                    .toList();
        } catch (SdkException | IllegalArgumentException failure) {
            throw new StoreException("the bucket " + bucket + " cannot be listed", failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private String key(UUID id) {
        var name = id.toString();
        return prefix + name.substring(0, 2) + "/" + name;
    }

    /** Reads an object from a place on, with one request until the place changes. For one thread. */
    private final class ObjectChannel implements ReadChannel {
        private static final int MOST_AT_A_TIME = 1 << 16;

        private final UUID id;
        private final long size;
        private long position;
        private Optional<ResponseInputStream<GetObjectResponse>> running = Optional.empty();
        private boolean open = true;

        ObjectChannel(UUID id, long size) {
            this.id = id;
            this.size = size;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (position >= size) {
                return -1;
            }
            var stream = running.orElseGet(this::begin);
            running = Optional.of(stream);
            var chunk = new byte[(int) Math.min(Math.min(target.remaining(), size - position), MOST_AT_A_TIME)];
            int length = stream.read(chunk);
            if (length > 0) {
                target.put(chunk, 0, length);
                position += length;
            }
            return length;
        }

        private ResponseInputStream<GetObjectResponse> begin() {
            try {
                return client.getObject(
                        request -> request.bucket(bucket).key(key(id)).range("bytes=" + position + "-"));
            } catch (SdkException failure) {
                throw new StoreException("the file " + id + " cannot be read", failure);
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            if (newPosition != position) {
                end();
                position = newPosition;
            }
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
            end();
        }

        /** Gives up what has not come yet. */
        private void end() {
            running.ifPresent(ResponseInputStream::abort);
            running = Optional.empty();
        }
    }
}
