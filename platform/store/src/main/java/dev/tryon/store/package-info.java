/** Uploads and sessions, kept for a while. */
@NullMarked
package dev.tryon.store;

import org.jspecify.annotations.NullMarked;
