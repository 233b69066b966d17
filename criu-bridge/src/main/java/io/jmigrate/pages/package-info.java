/**
 * Memory pages on their way between processes, a peer and image directories.
 *
 * <p>Who reads memory hands it to a {@link io.jmigrate.pages.PageSink} or a {@link io.jmigrate.pages.PageTaker}, who keeps some answers
 * questions as a {@link io.jmigrate.pages.PageStore}. Producers block in the methods of who takes, which is all the flow control there is.
 */
package io.jmigrate.pages;
