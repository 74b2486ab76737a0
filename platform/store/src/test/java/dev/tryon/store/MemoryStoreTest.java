package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.store.SessionRecord.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private Instant now = NOON;
    private final Store store = new MemoryStore(() -> now, new MemoryStore.Bounds(100, 3, 2));

    @Test
    void givesAnUploadToItsOwnerAlone() {
        var upload = upload("ada", 10);
        store.keep(upload);

        assertThat(store.upload(upload.id(), "ada")).contains(upload);
        assertThat(store.upload(upload.id(), "bob")).isEmpty();
        assertThat(store.forgetUpload(upload.id(), "bob")).isFalse();
        assertThat(store.forgetUpload(upload.id(), "ada")).isTrue();
        assertThat(store.upload(upload.id(), "ada")).isEmpty();
    }

    @Test
    void forgetsAnUploadWhenItsTimeIsUpEvenBeforeTheSweep() {
        var upload = upload("ada", 10);
        store.keep(upload);

        now = NOON.plus(Duration.ofMinutes(10));

        assertThat(store.upload(upload.id(), "ada")).isEmpty();
        assertThat(store.sweep()).isEqualTo(1);
        assertThat(store.sweep()).isZero();
    }

    @Test
    void refusesMoreBytesThanItMayHoldUntilSomeHaveExpired() {
        store.keep(upload("ada", 60));

        assertThatThrownBy(() -> store.keep(upload("bob", 41))).isInstanceOf(StoreFullException.class);
        store.keep(upload("bob", 40));

        now = NOON.plus(Duration.ofMinutes(10));
        store.keep(upload("cid", 100));
    }

    @Test
    void givesRoomBackWhenAnUploadIsForgotten() {
        var upload = upload("ada", 100);
        store.keep(upload);
        store.forgetUpload(upload.id(), "ada");

        store.keep(upload("ada", 100));
    }

    @Test
    void refusesMoreUploadsOfOneOwnerThanAllowed() {
        for (int number = 0; number < 3; number++) {
            store.keep(upload("ada", 1));
        }

        assertThatThrownBy(() -> store.keep(upload("ada", 1))).isInstanceOf(StoreFullException.class);
        store.keep(upload("bob", 1));
    }

    @Test
    void replacesTheRecordOfASessionThatItHolds() {
        var session = session("ada");
        store.keep(session);
        store.keep(session("ada"));

        store.keep(session.with(Status.ENDED, session.expiresAt()));

        assertThat(store.session(session.id(), "ada"))
                .map(SessionRecord::status)
                .contains(Status.ENDED);
        assertThat(store.session(session.id(), "bob")).isEmpty();
    }

    @Test
    void forgetsAnEndedSessionForANewOneButNoOther() {
        var ended = session("ada");
        store.keep(ended);
        store.keep(session("ada"));
        assertThatThrownBy(() -> store.keep(session("ada"))).isInstanceOf(StoreFullException.class);

        store.keep(ended.with(Status.ENDED, ended.expiresAt()));
        store.keep(session("ada"));

        assertThat(store.session(ended.id(), "ada")).isEmpty();
        assertThatThrownBy(() -> store.keep(session("ada"))).isInstanceOf(StoreFullException.class);
    }

    @Test
    void makesRoomForANewSessionFromExpiredOnes() {
        store.keep(session("ada"));
        store.keep(session("ada"));

        now = NOON.plus(Duration.ofMinutes(30));
        var late = session("ada");
        store.keep(late);

        assertThat(store.session(late.id(), "ada")).isPresent();
    }

    private Upload upload(String owner, int bytes) {
        return new Upload(
                UUID.randomUUID(),
                owner,
                "reference",
                "image/png",
                2,
                2,
                ByteBuffer.allocate(bytes),
                now,
                now.plus(Duration.ofMinutes(10)));
    }

    private SessionRecord session(String owner) {
        return new SessionRecord(
                UUID.randomUUID(), owner, "nails", Status.WAITING, now, now.plus(Duration.ofMinutes(30)));
    }
}
