/**
 * Memory of processes that is copied while they run, before a dump.
 *
 * <p>{@link io.jmigrate.pages.ahead.CopyAhead} copies in rounds what a {@linkplain io.jmigrate.pages.track tracker} says was written, and
 * remembers for each page whether its latest content was handed over. The last round is of the frozen tree: the pagemaps of its lazy
 * dump say which pages exist, and those of them whose latest content was not handed over are read now. Whether it is, is what the
 * tracker has told: a page that it has named costs time and nothing else, one that it has missed would arrive as it was. {@link
 * io.jmigrate.pages.ahead.SharedAhead} does the same for memory that processes share, by comparing it.
 */
package io.jmigrate.pages.ahead;
