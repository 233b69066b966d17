package io.jmigrate.criu;

import java.nio.file.Path;

/** What keeps a tree still while it is dumped, besides CRIU. */
interface Standstill {
    /** CRIU has begun, and is about to lock its network. */
    void begin();

    /** Its programs stop. Doing it again is harmless, and needed where CRIU has thawed meanwhile. */
    void freeze();

    /** Nothing enters or leaves its network from now on, unless it is CRIU that sees to that. */
    void silence();

    /** It stands still, and this is what was dumped of it. */
    void dumped(Path images);

    /** It ends, before another instruction of its own. */
    void kill();

    /** It goes on, heard and hearing. */
    void end();

    /** The same after a CRIU that was killed, and has undone nothing of what it did to the tree. */
    void endWithoutCriu();
}
