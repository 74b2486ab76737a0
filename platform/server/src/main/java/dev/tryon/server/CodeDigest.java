package dev.tryon.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/** Tells one build of a module from another, by the bytes of its classes and whatever else lies in it. */
final class CodeDigest {
    private static final int LENGTH = 16;

    private CodeDigest() {}

    /** Returns sixteen hexadecimal digits, others for any other code. */
    static String of(Module module) {
        var reference = module.getLayer() == null
                ? null
                : module.getLayer()
                        .configuration()
                        .findModule(module.getName())
                        .map(found -> found.reference())
                        .orElse(null);
        if (reference == null) {
            throw new IllegalStateException(module + " is no module of the module path");
        }
        try (var reader = reference.open();
                var names = reader.list()) {
            var digests = new ArrayList<String>();
            for (var name : (Iterable<String>) names.sorted()::iterator) {
                var content = reader.read(name);
                if (content.isPresent()) {
                    digests.add(name);
                    digests.add(Digests.of(content.get()));
                    reader.release(content.get());
                }
            }
            return Digests.of(digests.toArray(String[]::new)).substring(0, LENGTH);
        } catch (IOException failure) {
            throw new UncheckedIOException("the code of " + module + " cannot be read", failure);
        }
    }
}
