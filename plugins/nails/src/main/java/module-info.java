/**
 * Nail polish on every visible nail of a live picture or a photograph.
 *
 * <p>Loaded by the platform as a provider of {@link dev.tryon.spi.TryOnEngine}; nothing is exported, because nobody
 * calls it but through that interface. A picture goes one way: two networks find nails and outline them, tracks follow
 * them from frame to frame, and a painter fills each in its own frame, cuticle to tip, under the light that the nail is
 * already in.
 *
 * <p>It starts no threads and keeps no picture. It needs no native code of its own: the networks run wherever the
 * platform runs them.
 */
module dev.tryon.nails {
    requires dev.tryon.spi;
    requires dev.tryon.vision;
    requires static org.jspecify; // null annotations, read by the compiler alone

    provides dev.tryon.spi.TryOnEngine with
            dev.tryon.nails.NailsEngine;
}
