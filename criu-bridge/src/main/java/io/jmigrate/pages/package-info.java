/**
 * Memory pages on their way between CRIU, a peer and an image directory.
 *
 * <p>CRIU hands pages out in one form only, its page-server protocol ({@code pages.server} ends it). Everything behind that is
 * one port, {@link io.jmigrate.pages.PageSink}: an image directory ({@code pages.store}), a wire to another node, a counter in
 * a test. Producers block in the sink's methods, which is all the flow control there is: a slow sink slows CRIU down.
 */
package io.jmigrate.pages;
