/** Nail polish on every visible nail: finding nails, following them and painting them. */
@NullMarked
package dev.tryon.nails;

import org.jspecify.annotations.NullMarked;
