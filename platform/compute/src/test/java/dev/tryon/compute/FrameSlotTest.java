package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameSlotTest {
    @Test
    void replacesAnUnservedFrameWithTheNewest() {
        var slot = new FrameSlot<Integer>();

        assertThat(slot.offer(1)).isEmpty();
        assertThat(slot.offer(2)).contains(1);
        assertThat(slot.take()).contains(2);
        assertThat(slot.take()).isEmpty();
    }
}
