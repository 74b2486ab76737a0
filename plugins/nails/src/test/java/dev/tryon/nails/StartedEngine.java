package dev.tryon.nails;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The engine with its real networks, started before a class's tests and stopped after them. */
final class StartedEngine implements BeforeAllCallback, AfterAllCallback {
    private final TestCompute compute = new TestCompute();
    private final NailsEngine engine = new NailsEngine();

    NailsEngine engine() {
        return engine;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        engine.start(compute);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        engine.stop();
        compute.close();
    }
}
