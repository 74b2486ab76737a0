/** Published networks: the list of them, their files and their import. */
@NullMarked
package dev.tryon.models;

import org.jspecify.annotations.NullMarked;
