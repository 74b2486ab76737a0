package dev.tryon.server;

import dev.tryon.spi.MaterialEngine;
import dev.tryon.vision.FrameCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ResolvedModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells one build of a module from another, by the bytes of its classes and whatever else lies in it. */
final class CodeDigest {
    private static final int LENGTH = 16;

    private CodeDigest() {}

    /**
     * Returns sixteen hexadecimal digits for each engine of materials, others for any other code of its own or of what
     * encodes its files. To be asked while the server starts: a jar may be replaced under a process that runs on.
     */
    static Map<String, String> ofMaterials(Engines engines) {
        var codecs = of(FrameCodec.class.getModule());
        var codes = new HashMap<String, String>();
        engines.ready()
                .filter(ready -> ready.engine() instanceof MaterialEngine)
                .forEach(ready -> codes.put(
                        ready.id(),
                        Digests.of(of(ready.engine().getClass().getModule()), codecs)
                                .substring(0, LENGTH)));
        return codes;
    }

    private static String of(Module module) {
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
            return Digests.of(digests.toArray(String[]::new));
        } catch (IOException failure) {
            throw new UncheckedIOException("the code of " + module + " cannot be read", failure);
        }
    }
}
