/**
 * What goes over the network: connections that open with a magic number, frames with a checksum, control messages in JSON and
 * data messages in binary. Everything that comes in is untrusted: every length is bounded before memory is taken for it, and
 * whatever does not fit the form ends the connection with a {@link io.jmigrate.runtime.failure.Failure}.
 *
 * <p>The engine sees {@link io.jmigrate.migration.wire.FrameChannel} alone and blocks in it; that is the flow control.
 */
package io.jmigrate.migration.wire;
