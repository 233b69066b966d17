package io.jmigrate.pages;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong with memory on its way. */
public enum PageCode implements FailureCode {
    /** The other side said something that the page-server protocol doesn't allow, or hung up too early. */
    PAGES_PROTOCOL,
    /** The address can't be listened at. */
    PAGES_ADDRESS,
    /** The file system of the image directory is full. */
    PAGES_NO_SPACE,
    /** Reading or writing failed. */
    PAGES_IO,
    /** Memory that has arrived is not what it was at the place that it came from. */
    PAGES_DIFFER,
    /** The tracker of dirty pages that was asked for can't be had on this host. */
    PAGES_TRACKER
}
