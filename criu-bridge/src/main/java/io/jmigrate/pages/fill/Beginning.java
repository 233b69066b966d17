package io.jmigrate.pages.fill;

/** What the start of {@code jmigrate-fill} came to. */
public sealed interface Beginning {
    /** CRIU can connect. */
    record Ready(Filling filling) implements Beginning {}

    /**
     * This kernel lacks what is needed, or refuses it; nothing was done.
     *
     * @param why a few words, for example {@code Operation not permitted}
     */
    record Unsupported(String why) implements Beginning {}
}
