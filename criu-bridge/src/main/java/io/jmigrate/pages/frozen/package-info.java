/**
 * Memory of a tree that stands still after a lazy dump, taken over from its processes.
 *
 * <p>CRIU has written everything but private anonymous memory, whose pages it only names: its pagemaps say {@code lazy}, without
 * {@code present}. They alone decide what must exist. {@link io.jmigrate.pages.frozen.FrozenMemory} changes these entries to what a
 * plain dump says, and knows for every byte of each pages file whether CRIU has written it or which process still has it, so that
 * the file can be read at any place as if it were there: into a directory, into memory, into an archive. What can't be read ends
 * the dump; nothing is guessed. What processes share CRIU has written itself: {@link io.jmigrate.pages.frozen.SharedPagemap} says what.
 */
package io.jmigrate.pages.frozen;
