package dev.tryon.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void givesItsMemoryBackOnceHoweverOftenItIsClosed() {
        var releases = new AtomicInteger();
        var frame = new Frame(2, 2, 6, ByteBuffer.allocateDirect(12), releases::incrementAndGet);
        frame.close();
        frame.close();

        assertThat(releases).hasValue(1);
    }

    @Test
    void lendsNoPixelsOnceClosed() {
        var frame = Frame.allocate(2, 2);
        frame.close();

        assertThatIllegalStateException().isThrownBy(frame::pixels);
    }

    @Test
    void refusesABufferThatIsTooSmall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Frame(2, 2, 6, ByteBuffer.allocateDirect(11), () -> {}));
    }
}
