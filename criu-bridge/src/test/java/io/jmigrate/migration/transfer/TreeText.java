package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Everything that a copy has to keep of a tree, as text by path. */
final class TreeText {
    private TreeText() {}

    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> text = new TreeMap<>();
        Map<FileKey, String> firsts = new HashMap<>();
        for (Map.Entry<String, Stamp> each : TreeWalk.of(root).found().entrySet()) {
            Stamp stamp = each.getValue();
            String first = firsts.computeIfAbsent(stamp.key(), _ -> each.getKey());
            text.put(each.getKey(), first.equals(each.getKey()) ? one(root.resolve(first), stamp) : "link to " + first);
        }
        return text;
    }

    private static String one(Path file, Stamp stamp) throws IOException {
        StringBuilder text = new StringBuilder("%s %o %d:%d at %d, device %d"
                .formatted(
                        stamp.kind(), stamp.permissions(), stamp.uid(), stamp.gid(), stamp.mtimeNanos(), stamp.rdev()));
        if (stamp.kind() == Kind.FILE) {
            CRC32C crc = new CRC32C();
            crc.update(Files.readAllBytes(file));
            text.append(", ").append(stamp.size()).append(" bytes ").append(crc.getValue());
        }
        if (stamp.kind() == Kind.SYMLINK) {
            text.append(" to ").append(Files.readSymbolicLink(file));
        }
        Attributes.read(file)
                .forEach((name, value) -> text.append(' ').append(name).append(Arrays.toString(value)));
        return text.toString();
    }
}
