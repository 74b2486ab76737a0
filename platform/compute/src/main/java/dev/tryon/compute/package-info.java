/** Networks on a device, and who is served next. */
@NullMarked
package dev.tryon.compute;

import org.jspecify.annotations.NullMarked;
