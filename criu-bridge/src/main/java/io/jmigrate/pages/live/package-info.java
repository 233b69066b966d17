/**
 * Memory of processes that run.
 *
 * <p>{@link io.jmigrate.pages.live.LiveMemory} reads what CRIU would dump. {@link io.jmigrate.pages.live.ChangedPages} stands before
 * a sink and lets through only pages whose content is another than in the round before, by a hash of each. {@link
 * io.jmigrate.pages.live.SharedObjects} finds the memory that processes share, and {@link io.jmigrate.pages.live.SharedReader} reads it.
 */
package io.jmigrate.pages.live;
