/** Pictures of the project's own making, and the benchmarks. */
@NullMarked
package dev.tryon.testkit;

import org.jspecify.annotations.NullMarked;
