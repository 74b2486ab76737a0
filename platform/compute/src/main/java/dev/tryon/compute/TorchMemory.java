package dev.tryon.compute;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Where a tensor's numbers lie, which DJL does not tell for a GPU: asked of PyTorch through the C interface that it keeps
 * stable for ahead-of-time compiled models ({@code aoti_torch_get_data_ptr} of its {@code shim.h}).
 *
 * <p>DJL's handle of an array is a pointer to an {@code at::Tensor}, which is what that interface takes. Thread-safe.
 */
final class TorchMemory {
    private TorchMemory() {}

    /** Returns the address of an array's first number: in the device's memory for a GPU. */
    static long address(NDArray array) {
        if (!(array instanceof PtNDArray tensor)) {
            throw new IllegalArgumentException("not an array of PyTorch's");
        }
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(ValueLayout.JAVA_LONG);
            int failed = (int) Function.GET_DATA_PTR.invokeExact((long) tensor.getHandle(), answer.address());
            if (failed != 0) {
                throw new IllegalStateException("PyTorch does not tell where a tensor lies");
            }
            return answer.get(ValueLayout.JAVA_LONG, 0);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Found when it is first needed: by then DJL has loaded the library that has it. */
    private static final class Function {
        @SuppressWarnings("restricted") // the process grants this module native access
        private static final MethodHandle GET_DATA_PTR = Linker.nativeLinker()
                .downcallHandle(
                        SymbolLookup.loaderLookup().findOrThrow("aoti_torch_get_data_ptr"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

        private Function() {}
    }
}
