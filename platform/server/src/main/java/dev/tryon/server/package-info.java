/** The server: settings, engines, REST and the live protocol. */
@NullMarked
package dev.tryon.server;

import org.jspecify.annotations.NullMarked;
