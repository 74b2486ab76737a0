/** NVIDIA devices, their memory and the kernels that run on them. */
@NullMarked
package dev.tryon.cuda;

import org.jspecify.annotations.NullMarked;
