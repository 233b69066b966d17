/**
 * Memory that follows a container which runs already.
 *
 * <p>Three files in the image directory tell all that there is to know: {@code memory} has the pages, each at a place that was chosen before
 * the container ran; {@code come} a bit for each of them; {@code awaited} what belongs where. {@code jmigrate-fill} has them open too, and
 * brings what has come (native/fill/later.h). So the process that takes pages from the network may end at any time: the container waits
 * where it lacks a page, and the next process knows from the files what to ask for.
 *
 * <p>{@link io.jmigrate.pages.later.AwaitedPages} is the files, {@link io.jmigrate.pages.later.FillerSocket} the conversation with who brings
 * pages.
 */
package io.jmigrate.pages.later;
