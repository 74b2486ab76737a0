package dev.tryon.server;

import dev.tryon.models.ModelList;
import dev.tryon.models.ModelStore;
import java.nio.file.Path;

/** Published networks for tests of engines. */
final class TestModels {
    private TestModels() {}

    /** Returns a store in a folder that is not there: nothing is installed. */
    static ModelStore none() {
        return ModelStore.open(Path.of("none"), ModelList.builtIn());
    }
}
