package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CudaDriverTest {
    @Test
    void hasEitherDevicesOrAReason() {
        var driver = CudaDriver.open();

        assertThat(driver.devices().isEmpty()).isEqualTo(driver.absence().isPresent());
        assertThat(driver.absence().orElse("")).doesNotContain("\n", "Exception", "/tmp");
    }

    @Test
    void saysWhichLibraryIsMissing() {
        assertThat(CudaDriver.over(() -> {
                            throw new UnsatisfiedLinkError(
                                    "Error while loading native library\n a.so: libcuda.so.1: cannot open shared object");
                        })
                        .absence())
                .hasValue("the driver's library, libcuda.so.1, is not on this machine");
        assertThat(CudaDriver.over(() -> {
                            throw new UnsatisfiedLinkError("no JCudaDriver in java.library.path: /lib");
                        })
                        .absence())
                .hasValue("JCuda's native library is not on java.library.path");
    }

    @Test
    void saysWhatTheDriverRefused() {
        var driver = CudaDriver.over(() -> {
            throw new CudaFailure("the CUDA driver refused: CUDA_ERROR_NO_DEVICE", new IllegalStateException());
        });

        assertThat(driver.absence()).hasValue("the CUDA driver refused: CUDA_ERROR_NO_DEVICE");
        assertThat(driver.devices()).isEmpty();
        assertThatThrownBy(() -> driver.open(new CudaDevice(0, "none", 9, 0, 1, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
