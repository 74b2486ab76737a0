package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextPoolTest {
    private final List<Context> opened = new ArrayList<>();
    private final ContextPool<String, Context> pool = new ContextPool<>(2, key -> {
        var context = new Context(key);
        opened.add(context);
        return context;
    });

    private static final class Context implements AutoCloseable {
        final String key;
        int closes;

        Context(String key) {
            this.key = key;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    private List<String> closed() {
        return opened.stream()
                .filter(context -> context.closes == 1)
                .map(context -> context.key)
                .toList();
    }

    @Test
    void lendsTheSameContextAgain() {
        var first = pool.use("a", context -> context);
        var second = pool.use("a", context -> context);
        assertThat(second).isSameAs(first);
        assertThat(opened).hasSize(1);
    }

    @Test
    void lendsOneContextToOneCallAtATime() {
        pool.use(
                "a",
                outer -> pool.use("a", inner -> {
                    assertThat(inner).isNotSameAs(outer);
                    return inner;
                }));
        assertThat(opened).hasSize(2);
    }

    @Test
    void closesTheLongestUnusedWhenTooManyAreIdle() {
        for (var key : new String[] {"a", "b", "a", "c"}) {
            pool.use(key, context -> context);
        }
        assertThat(closed()).containsExactly("b");
    }

    @Test
    void closesAContextWhoseUseFailed() {
        assertThatThrownBy(() -> pool.use("a", _ -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(closed()).containsExactly("a");
        var fresh = pool.use("a", context -> context);
        assertThat(fresh.closes).isZero();
    }

    @Test
    void closesEverythingOnceAndLendsNoMore() {
        pool.use("idle", context -> context);
        pool.use("lent", context -> {
            pool.close();
            return context;
        });
        assertThat(closed()).containsExactly("idle", "lent");
        assertThatThrownBy(() -> pool.use("idle", context -> context)).isInstanceOf(IllegalStateException.class);
    }
}
