package io.jmigrate.criu;

/** Is told where a restore has got to, and decides whether the tree runs. Called by the thread that runs the restore. */
public interface RestoreListener {
    /**
     * The tree is complete and held. It stays held until this method returns, however long that takes.
     *
     * @return what becomes of the tree. An exception kills it and is thrown on to the caller of the restore.
     */
    RestoreVerdict held(HeldTree tree);

    /** The tree runs, and its network is open. An exception doesn't stop it; it is thrown on after the restore has ended. */
    default void resumed(HeldTree tree) {}

    /**
     * Memory has come into the tree, which runs. Called by another thread.
     *
     * @param bytes so far
     * @param total how many there will be
     */
    default void arrived(long bytes, long total) {}

    /** All memory will be there before the tree runs, though it might have come later. @param why half a sentence */
    default void eager(String why) {}
}
