package dev.tryon.spi;

/** What came of asking the platform for a network that others have published. */
public sealed interface Published {
    /**
     * It is here, verified and warm.
     *
     * @param network shared with whichever engine asks for the same name, closed by the platform; its inputs and outputs
     *     have the shapes that the platform's list declares
     */
    record Ready(Network network) implements Published {}

    /**
     * It is not, which the platform has logged and shows its operators; an engine that has another way goes it.
     *
     * @param reason one sentence for the operator that says what to do, {@code ./tryon models pull NAME} say; never for
     *     the person
     */
    record Missing(String reason) implements Published {}

    /**
     * Returns the network, for engines that can do nothing without it.
     *
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} and the reason, in the log's text
     */
    default Network orElseThrow() {
        return switch (this) {
            case Ready(var network) -> network;
            case Missing(var reason) ->
                throw new TryOnException(
                        ErrorCode.MODEL_ERROR, "A network that this needs is not installed on the server.", reason);
        };
    }
}
