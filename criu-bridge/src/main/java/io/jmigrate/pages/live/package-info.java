/**
 * Memory of processes that run, copied ahead of a dump, in rounds.
 *
 * <p>{@link io.jmigrate.pages.live.LiveMemory} reads what CRIU would dump. {@link io.jmigrate.pages.live.ChangedPages} stands before
 * every sink and lets through only pages whose content is another than in the round before; the others become entries that refer to
 * the parent image, which is what the round before is to this one. The dump itself is the last round, and the only one that counts:
 * what CRIU hands out is compared with what was copied, page by page, so that a page which was missed, or was read while it was
 * being written, costs time and nothing else.
 */
package io.jmigrate.pages.live;
