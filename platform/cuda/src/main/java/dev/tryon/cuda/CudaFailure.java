package dev.tryon.cuda;

/** What the CUDA driver refused, in its own words. Never leaves this module but as the cause of another. */
final class CudaFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CudaFailure(String message) {
        super(message);
    }

    CudaFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
