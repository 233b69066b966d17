package io.jmigrate.archive.secrecy;

import io.jmigrate.archive.integrity.SecretFile;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Arrays;

/** What two people have agreed on: the bytes of one line of a file. */
final class Passphrase {
    private final byte[] bytes;

    Passphrase(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /**
     * Reads it from a file that only its owner can read. The end of the line does not count.
     *
     * @throws Failure KEY_EXPOSED, KEY_UNUSABLE
     */
    static Passphrase read(Path path) {
        SecretFile file = new SecretFile(path, "passphrase file");
        file.requirePrivate();
        byte[] line = withoutEnd(file.content());
        if (line.length == 0) {
            throw file.unusable("it is empty");
        }
        for (byte each : line) {
            if (each == '\n') {
                throw file.unusable("it has more than one line");
            }
        }
        return new Passphrase(line);
    }

    private static byte[] withoutEnd(byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && content[length - 1] == '\r') {
            length--;
        }
        return Arrays.copyOf(content, length);
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
