package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private final EntryCodec codec = new EntryCodec();

    @Test
    void knowsEveryKind() throws IllegalAccessException {
        for (var field : Kind.class.getDeclaredFields()) {
            if (field.getType() == Kind.class) {
                assertThat(Kind.ALL).contains((Kind<?>) field.get(null));
            }
        }
    }

    @Test
    void readsWhatItWroteOfEveryKind() {
        assertThat(Entries.all("owner").stream()
                        .map(sample -> sample.kind().name())
                        .collect(Collectors.toSet()))
                .describedAs("kinds that the tests have samples of")
                .containsAll(Kind.ALL.stream().map(Kind::name).toList());
        for (var sample : Entries.all("owner")) {
            assertThat(codec.read(codec.write(sample.entry()), sample.kind().type()))
                    .isEqualTo(sample.entry());
        }
    }

    @Test
    void writesTimesToTheMicrosecond() {
        var mark = new Mark("k", "o", "v", Instant.ofEpochSecond(1, 999_999_999), Instant.EPOCH, 0);
        assertThat(codec.read(codec.write(mark), Mark.class).createdAt())
                .isEqualTo(Instant.ofEpochSecond(1, 999_999_000));
    }

    @Test
    void saysThatOtherTextIsNoEntry() {
        for (var text : new String[] {"", "[]", "{\"createdAt\": \"yesterday\"}", "{\"version\": {}}"}) {
            assertThatThrownBy(() -> codec.read(text, Mark.class)).isInstanceOf(StoreException.class);
        }
    }
}
