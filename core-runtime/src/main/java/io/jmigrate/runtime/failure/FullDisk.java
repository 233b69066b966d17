package io.jmigrate.runtime.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a full file system from other causes of a failed write. The JDK reports both as an IOException with a text in the
 * language of the environment, so the file system is asked instead.
 */
public final class FullDisk {
    /** Less than this is as good as nothing: no write of this program is larger. */
    private static final long ROOM_BYTES_MIN = 1 << 20;

    private FullDisk() {}

    /** Whether the file system that holds the existing {@code place} has no room for another large write. */
    public static boolean at(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < ROOM_BYTES_MIN;
        } catch (IOException e) {
            return false;
        }
    }
}
