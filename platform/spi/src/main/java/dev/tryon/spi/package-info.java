/** Try-on engines and the values they exchange with the platform. */
@NullMarked
package dev.tryon.spi;

import org.jspecify.annotations.NullMarked;
