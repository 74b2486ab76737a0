package dev.tryon.models;

import dev.tryon.models.ModelException.Problem;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;

/** Turns published files into TorchScript. Thread-safe. */
interface Importer {
    /** Returns a number that grows whenever the same file becomes another archive: archives of older ones are made anew. */
    int version();

    /**
     * Imports a file.
     *
     * @param published the whole file
     * @throws ModelException of {@link Problem#NOT_IMPORTABLE}, with what it cannot do
     */
    ImportedNetwork toTorchScript(byte[] published);

    /** Returns the one for TFLite files. */
    static Importer ofTflite() {
        return new Importer() {
            @Override
            public int version() {
                return TfliteImport.VERSION;
            }

            @Override
            public ImportedNetwork toTorchScript(byte[] published) {
                try {
                    return TfliteImport.toTorchScript(ByteBuffer.wrap(published));
                } catch (TryOnException failure) {
                    throw new ModelException(Problem.NOT_IMPORTABLE, String.valueOf(failure.getMessage()), failure);
                }
            }
        };
    }
}
