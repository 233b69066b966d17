package io.jmigrate.criu.failure;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong with CRIU. */
public enum CriuCode implements FailureCode {
    /** No CRIU is installed, or what is there can't be executed. */
    CRIU_MISSING,
    /** The CRIU that was found is older than this program needs. */
    CRIU_TOO_OLD,
    /** CRIU or the kernel can't do what was asked for. */
    FEATURE_MISSING,
    /** The tree has something that can't be dumped; nothing was touched. */
    UNDUMPABLE,
    /** A dump failed; the tree runs on. */
    DUMP_FAILED,
    /** The tree can't be restored; nothing of it runs. */
    RESTORE_FAILED,
    /** CRIU's configuration file is unreadable, or says what can't be here. */
    CRIU_CONFIG,
    /** CRIU showed no sign of life and was ended. */
    CRIU_HUNG,
    /** Files that a tree has open are not as they were at the dump. */
    FILES_DIFFER,
    /** Images would give a container more than its bundle does. */
    IMAGES_EXCEED,
    /** The page server that takes a dump's memory can't be reached. */
    PAGE_SERVER,
    /** Nobody has fetched the memory that a lazy dump has left in the tree; it runs on. */
    PAGES_NOT_FETCHED,
    /** Somebody has fetched some of it, and no more: the tree stands still, and what runs elsewhere lacks memory. */
    PAGES_CUT_OFF,
    /** A pid that a restored tree needs is somebody else's; nothing was restored. */
    PID_TAKEN,
    /** The tree ran before its memory was all there, and that stopped coming: the container was killed. */
    MEMORY_LOST,
    /** The container's memory isn't all there yet; it runs on. */
    MEMORY_ARRIVING,
    /** The file system of the image directory is full. */
    NO_SPACE,
    /** The image directory is missing, incomplete or in use. */
    IMAGES_INVALID
}
