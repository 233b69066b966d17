package io.jmigrate.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** What becomes a member of an archive that is written. A tar has the size of a member before it. */
public sealed interface MemberContent {
    /** A regular file, with the size that it has when its turn comes. */
    record InFile(Path path) implements MemberContent {}

    /** What is made when its turn comes. */
    non-sealed interface Made extends MemberContent {
        /** How many bytes it will be. */
        long bytes();

        /**
         * Writes just as many.
         *
         * @param out not closed
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
