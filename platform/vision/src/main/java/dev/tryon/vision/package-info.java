/** The frame codec, overlays and sampling. */
@NullMarked
package dev.tryon.vision;

import org.jspecify.annotations.NullMarked;
