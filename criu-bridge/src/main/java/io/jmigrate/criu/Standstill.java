package io.jmigrate.criu;

/** What keeps a tree still while it is dumped, besides CRIU. */
interface Standstill {
    /** Its programs stop. Doing it again is harmless, and needed where CRIU has thawed meanwhile. */
    void freeze();

    /** Nothing enters or leaves its network from now on, unless it is CRIU that sees to that. */
    void silence();

    /** It ends, before another instruction of its own. */
    void kill();

    /** It goes on, heard and hearing. */
    void end();

    /** The same after a CRIU that was killed, and has undone nothing of what it did to the tree. */
    void endWithoutCriu();
}
