package dev.tryon.server;

import dev.tryon.vision.PictureFormat;
import java.util.List;

/**
 * What a client shows and can decode.
 *
 * @param output whole pictures or patches
 * @param codecs picture formats, the best first; at least one
 */
record ClientView(Output output, List<PictureFormat> codecs) {
    /** Copies the codecs. */
    ClientView {
        codecs = List.copyOf(codecs);
    }

    /** Returns the format of whole pictures. */
    PictureFormat frameFormat() {
        return codecs.getFirst();
    }

    /** Returns the format of patches, which have alpha: JPEG cannot. */
    PictureFormat patchFormat() {
        return codecs.contains(PictureFormat.WEBP) ? PictureFormat.WEBP : PictureFormat.PNG;
    }
}
