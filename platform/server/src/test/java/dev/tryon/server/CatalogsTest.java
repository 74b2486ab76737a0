package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.EngineInfo;
import dev.tryon.store.CatalogEntry;
import dev.tryon.store.Filter;
import dev.tryon.store.Position;
import dev.tryon.store.Records;
import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogsTest {
    private final FakeClock time = new FakeClock();
    private final Store store = Store.inMemory(time.clocks().wall(), new Store.Limits("node", 1, 1));
    private final Balky records = new Balky(store.catalog());
    private final Catalogs catalogs = new Catalogs(records, time.clocks());
    private final EngineInfo engine = new TestEngine().info();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void staysAsItWasSeenWhileTheStoreIsAwayAndAsksItNowAndThen() {
        catalogs.withdraw(new Catalogs.Change(engine, "cherry", Optional.empty()));
        assertThat(catalogs.item(engine, "cherry")).isEmpty();
        records.away = true;
        time.advance(Catalogs.FRESH);
        records.asked = 0;

        for (int number = 0; number < 10; number++) {
            assertThat(catalogs.item(engine, "cherry")).isEmpty();
        }

        assertThat(records.asked).isOne();
    }

    @Test
    void showsNothingThatMayBeHidden() {
        records.away = true;

        for (int number = 0; number < 10; number++) {
            assertThatThrownBy(() -> catalogs.items(engine)).isInstanceOf(StoreException.class);
        }
        assertThat(records.asked).isOne();

        records.away = false;
        time.advance(Duration.ofSeconds(2));
        assertThat(catalogs.items(engine)).isNotEmpty();
    }

    /** Records that cannot be listed while the test says so. */
    private static final class Balky extends ForwardingRecords<CatalogEntry> {
        private boolean away;
        private int asked;

        Balky(Records<CatalogEntry> records) {
            super(records);
        }

        @Override
        public List<CatalogEntry> list(Filter filter, Optional<Position> after, int limit) {
            asked++;
            if (away) {
                throw new StoreException("away");
            }
            return super.list(filter, after, limit);
        }
    }
}
