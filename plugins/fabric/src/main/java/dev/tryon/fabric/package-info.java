/** Cloth as materials that tile: read from photographs, woven from yarns, handed on in the formats of the trade. */
@NullMarked
package dev.tryon.fabric;

import org.jspecify.annotations.NullMarked;
