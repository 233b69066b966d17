/**
 * Memory of processes that is copied while they run, before a dump.
 *
 * <p>{@link io.jmigrate.pages.ahead.CopyAhead} copies in rounds what a {@linkplain io.jmigrate.pages.track tracker} says was written, and
 * remembers for each page whether its latest content was handed over. The last round is of the frozen tree: the pagemaps of its lazy
 * dump say which pages exist, and those of them whose latest content was not handed over are read now. So a page that was missed, or
 * was read while it was written, costs time and nothing else.
 */
package io.jmigrate.pages.ahead;
