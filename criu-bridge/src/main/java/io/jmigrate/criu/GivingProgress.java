package io.jmigrate.criu;

import io.jmigrate.pages.server.GivingListener;

/** Is told how a lazy checkpoint goes on, by the thread that runs it. */
public interface GivingProgress extends GivingListener {
    /** The tree is frozen and its images are written, but for its memory. Failing here lets it run on. */
    void frozen(FrozenTree tree);

    /** The images may be copied, and memory be asked for. */
    void ready();
}
