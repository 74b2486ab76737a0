package dev.tryon.models;

/** Turns a published file into a TorchScript archive. Thread-safe. */
interface Importer {
    /** Returns a number that grows whenever the same file becomes another archive: archives of older ones are made anew. */
    int version();

    /**
     * Imports a file.
     *
     * @param published the whole file
     * @return the archive, whose network takes and gives what the file's own does, in the same order and shapes
     * @throws ModelException of {@link ModelException.Problem#NOT_IMPORTABLE}, with what it cannot do
     */
    byte[] toTorchScript(byte[] published);
}
