/**
 * What an engine author compiles against: engines, looks, frames, outcomes and networks as plain values.
 *
 * <p>Read by every other module of the house and by engines of third parties. It depends on nothing: no HTTP, no
 * image library and no tensor library shows in its types ({@code org.jspecify} holds annotations alone and is not
 * needed at run time). It starts no threads and needs no native code.
 *
 * <p>An engine is offered as a provider of {@link dev.tryon.spi.TryOnEngine} in its own {@code module-info}.
 */
module dev.tryon.spi {
    requires static org.jspecify; // null annotations, read by the compiler alone

    exports dev.tryon.spi;

    uses dev.tryon.spi.TryOnEngine; // declared here so that every loader of engines may rely on it
}
