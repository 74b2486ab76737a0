package dev.tryon.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ResolvedModule;
import java.util.ArrayList;
import java.util.Optional;

/** Tells one build of a module from another, by the bytes of its classes and whatever else lies in it. */
final class CodeDigest {
    private static final int LENGTH = 16;

    private CodeDigest() {}

    /** Returns sixteen hexadecimal digits, others for any other code. */
    static String of(Module module) {
        var reference = Optional.ofNullable(module.getLayer())
                .flatMap(layer -> layer.configuration().findModule(module.getName()))
                .map(ResolvedModule::reference)
                .orElseThrow(() -> new IllegalStateException(module + " is no module of the module path"));
        try (var reader = reference.open();
                var names = reader.list()) {
            var digests = new ArrayList<String>();
            // Folders are listed too, with a slash at the end.
            for (var name :
                    (Iterable<String>) names.filter(name -> !name.endsWith("/")).sorted()::iterator) {
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
