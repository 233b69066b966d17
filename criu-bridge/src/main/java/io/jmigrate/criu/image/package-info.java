/**
 * CRIU's image files: the framing and the entries that are used here.
 *
 * <p>A file is two magic numbers (the family, then the kind), followed by entries: a u32 length in the byte order of the host and
 * a protobuf message. Some kinds are raw and have neither (criu/include/magic.h, criu/protobuf.c). Fields that the messages of
 * this package don't name survive reading and writing.
 */
package io.jmigrate.criu.image;
