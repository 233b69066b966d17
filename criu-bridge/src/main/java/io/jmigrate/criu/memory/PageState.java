package io.jmigrate.criu.memory;

/** What is known of a page. */
public enum PageState {
    /** Its content is in the images, for the first time. */
    DATA,
    /** Its content is in the images, and there was a page with the same before. */
    DUPLICATE,
    /** Its content is in the images and zeros only. */
    ZERO,
    /** Its content stayed at the source or is in the images of an earlier dump. */
    ELSEWHERE
}
