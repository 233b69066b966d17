package io.jmigrate.migration.policy;

import java.util.List;

/** How often files are sent while a container runs that is to be ended: until what has changed meanwhile takes little time, or no less. */
public final class FileRounds {
    private static final long SHORT_NANOS = 200_000_000;
    private static final int ROUNDS_MAX = 8;

    private FileRounds() {}

    /** @param nanos how long each round took so far, the first of them with all files */
    public static boolean another(List<Long> nanos) {
        if (nanos.size() < 2) {
            return true;
        }
        long last = nanos.getLast();
        long before = nanos.get(nanos.size() - 2);
        return nanos.size() < ROUNDS_MAX && last > SHORT_NANOS && last <= before / 2;
    }
}
