package dev.tryon.store;

class MemoryFilesTest extends FileStoreTest {
    private final FileStore files = new MemoryFiles();

    @Override
    FileStore files() {
        return files;
    }
}
