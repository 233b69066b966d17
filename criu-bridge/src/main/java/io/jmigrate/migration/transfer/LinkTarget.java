package io.jmigrate.migration.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a symbolic link says, to the letter. */
final class LinkTarget {
    private static final char NOT_DECODED = '\ufffd';

    private LinkTarget() {}

    /** @throws IOException also if it is not UTF-8, as names have to be: something else would arrive */
    static String of(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        String text = target.toString();
        if (text.indexOf(NOT_DECODED) >= 0 && !Path.of(text).equals(target)) {
            throw new IOException("what the symbolic link " + link.getFileName() + " says is not UTF-8");
        }
        return text;
    }
}
