package io.jmigrate.criu;

/** Is told where a dump has got to, and decides how it ends. Called by the thread that runs the dump. */
public interface DumpListener {
    /** The tree is about to be frozen: its downtime begins. Failing here lets it run on. */
    default void freezing() {}

    /** Every task is stopped and the network is locked; the dump begins when this returns. Failing here lets the tree run on. */
    default void stopped() {}

    /**
     * The tree is frozen and its images are written. It stays frozen until this method returns, however long that takes.
     *
     * @return what becomes of the tree. An exception thaws it and is thrown on to the caller of the dump.
     */
    DumpVerdict frozen(FrozenTree tree);

    /** What becomes of the tree's private memory. */
    default LeftMemory memory() {
        return LeftMemory.NONE;
    }

    /** Called often, by any thread, while memory is taken. Failing here lets the tree run on. */
    default void working() {}

    /** The tree goes on as it was. Failing here gives up the images. */
    default void released() {}
}
