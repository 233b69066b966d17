package io.jmigrate.archive.rootfs;

import java.util.ArrayList;
import java.util.List;

/**
 * What was left out of files that nobody vouches for.
 *
 * @param rights programs that ran with another user's rights or with capabilities: their files are there without
 * @param devices nodes of devices, with all their names
 */
public record Withheld(int rights, int devices) {
    /** Nothing. */
    public static final Withheld NOTHING = new Withheld(0, 0);

    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** {@code the set-id bits and capabilities of 2 programs, and 1 device node}. */
    public String inSentence() {
        List<String> parts = new ArrayList<>();
        if (rights > 0) {
            parts.add("the set-id bits and capabilities of " + counted(rights, "program"));
        }
        if (devices > 0) {
            parts.add(counted(devices, "device node"));
        }
        return String.join(", and ", parts);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
