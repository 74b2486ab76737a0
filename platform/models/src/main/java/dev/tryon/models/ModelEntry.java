package dev.tryon.models;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A network that somebody has published: an entry of {@code models.yaml}, which says what each means.
 *
 * @param name what engines and commands call it
 * @param urls where the file is published, tried in order; none if it has to be brought
 */
public record ModelEntry(
        String name,
        String purpose,
        String publisher,
        Licence licence,
        PublishedFile file,
        List<URI> urls,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Optional<String> note) {

    /**
     * What its users must keep to.
     *
     * @param spdx identifier, as spdx.org lists it
     * @param text where the text is
     */
    public record Licence(String spdx, URI text) {
        /** Checks both. */
        public Licence {
            Checks.text("the licence", spdx);
            Checks.https("the licence's text", text);
        }
    }

    /** Checks what its parts do not check themselves. */
    public ModelEntry {
        Checks.named("a network", name);
        Checks.text("the purpose", purpose);
        Checks.text("the publisher", publisher);
        urls = List.copyOf(urls);
        urls.forEach(url -> Checks.https("each of urls", url));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Checks.that(!inputs.isEmpty() && !outputs.isEmpty(), "a network has inputs and outputs");
        note.ifPresent(text -> Checks.text("the note", text));
    }
}
