/**
 * The encoding that Java and the native programs share: little-endian u32 and u64, strings as u32 length, bytes and a zero byte,
 * lists as u32 count and elements ({@code native/common/wire.h} is the other end).
 */
package io.jmigrate.runtime.wire;
