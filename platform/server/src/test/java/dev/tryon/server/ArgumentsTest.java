package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.server.Arguments.UsageException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void tellsWordsFromOptions() {
        var arguments = parse("nails --person hand.jpg --out here");

        assertThat(arguments.onlyWord("engine")).isEqualTo("nails");
        assertThat(arguments.required("person")).isEqualTo("hand.jpg");
        assertThat(arguments.option("report")).isEmpty();
        assertThat(arguments.number("port", 8080)).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nails --person", "nails --colour red", "nails --out a --out b"})
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> parse("nails").required("person")).hasMessageContaining("--person");
        assertThatThrownBy(() -> parse("nails hair").onlyWord("engine")).hasMessageContaining("engine");
        assertThatThrownBy(() -> parse("--port many").number("port", 1)).hasMessageContaining("--port");
    }

    private static Arguments parse(String line) {
        return Arguments.parse(List.of(line.split(" ", -1)), Set.of("person", "out", "report", "port"));
    }
}
