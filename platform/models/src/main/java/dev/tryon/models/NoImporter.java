package dev.tryon.models;

/** Imports nothing. */
final class NoImporter implements Importer {
    @Override
    public int version() {
        return 0;
    }

    @Override
    public byte[] toTorchScript(byte[] published) {
        throw new ModelException(ModelException.Problem.NOT_IMPORTABLE, "this server cannot import TFLite files");
    }
}
