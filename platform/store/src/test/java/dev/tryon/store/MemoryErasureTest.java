package dev.tryon.store;

class MemoryErasureTest extends ErasureContract {
    @Override
    Database database() {
        return new MemoryDatabase();
    }

    @Override
    FileStore files() {
        return new MemoryFiles();
    }
}
