/**
 * Which pages of processes change while they run.
 *
 * <p>A {@link io.jmigrate.pages.track.DirtyTracker} hands over memory in rounds: first all, then what was written since. Each page is
 * taken note of before it is read, so that a write in between shows in the next round. What is right in the end is a round over processes
 * that stand still: after it, whoever has taken all rounds has every page as it is, and perhaps some that are no more.
 *
 * <p>{@link io.jmigrate.pages.track.UffdTracker} has the kernel note writes, by a userfaultfd that the native program
 * {@code jmigrate-track} gets out of each process (docs/adr/0019); a process of which there is none to be had is compared by content, as
 * {@link io.jmigrate.pages.track.HashTracker} does with all. {@link io.jmigrate.pages.track.TrackerChoice} says which of the two.
 */
package io.jmigrate.pages.track;
