/**
 * Compressed content that can be read at any place: independent frames of a fixed size and, behind them, a table that tells where
 * each begins (the zstd seekable format, facebook/zstd contrib/seekable_format), which readers of plain zstd pass over.
 *
 * <p>Writing compresses blocks on all cores and puts them in order. Reading decompresses only what is asked for. Nothing is known
 * here of what the content is; whatever is wrong with a file is a {@link io.jmigrate.archive.seekable.DamagedException} that names
 * the place.
 */
package io.jmigrate.archive.seekable;
