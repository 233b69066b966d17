package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the peer has of a tree. Digests of large files take 32 MiB at most; files beyond that are sent whole when they change. */
final class SentNames {
    private static final long BLOCKS_MAX = 2 << 20;

    private final Map<String, SentName> names = new TreeMap<>();
    private final long fileBytesMin;
    private long blocks;

    /** @param fileBytesMin smaller files are sent whole when they may have changed */
    SentNames(long fileBytesMin) {
        this.fileBytesMin = fileBytesMin;
    }

    Optional<SentName> of(String path) {
        return Optional.ofNullable(names.get(path));
    }

    /** Whether the peer has the directory in which a name is; the root is in none. */
    boolean hasParentOf(String path) {
        int slash = path.lastIndexOf('/');
        return path.isEmpty()
                || of(slash < 0 ? "" : path.substring(0, slash))
                        .filter(parent -> parent.stamp().kind() == Kind.DIRECTORY)
                        .isPresent();
    }

    /** Names that the peer has and that are not there any more, or not of the same kind; children before their parents. */
    List<String> gone(Map<String, Stamp> now) {
        List<String> gone = new ArrayList<>();
        names.forEach((path, name) -> {
            Stamp next = now.get(path);
            if (next == null || next.kind() != name.stamp().kind()) {
                gone.add(path);
            }
        });
        Collections.reverse(gone);
        return gone;
    }

    void remove(String path) {
        of(path).ifPresent(this::release);
        names.remove(path);
    }

    /** The peer makes the name anew. @return what it holds of a large file, if there is room to note it; zeros at first */
    Optional<HeldBlocks> anew(String path, Stamp noted, long size) {
        remove(path);
        Optional<HeldBlocks> held = size >= fileBytesMin && HeldBlocks.blocks(size) <= BLOCKS_MAX - blocks
                ? Optional.of(HeldBlocks.ofZeros(size))
                : Optional.empty();
        held.ifPresent(each -> blocks += each.blocks());
        names.put(path, new SentName(noted, held));
        return held;
    }

    /** The peer makes another name of the first one's file. */
    void link(String path, String first, Stamp noted) {
        remove(path);
        Optional<HeldBlocks> held = names.get(first).held();
        held.ifPresent(HeldBlocks::share);
        names.put(path, new SentName(noted, held));
    }

    /**
     * What the peer holds under the name, if a file of the size and with this stamp can be made of it by what differs. One that another file
     * has replaced will do, unless it has other names at the peer. It has the new size from now on.
     */
    Optional<HeldBlocks> again(String path, Stamp noted, Stamp now) {
        Optional<HeldBlocks> held = of(path).filter(before -> before.stamp()
                                .key()
                                .equals(now.key())
                        || before.held().filter(each -> !each.isShared()).isPresent())
                .flatMap(SentName::held)
                .filter(each -> now.size() >= fileBytesMin)
                .filter(each -> Math.ceilDiv(now.size(), each.blockBytes()) <= BLOCKS_MAX - blocks + each.blocks());
        held.ifPresent(each -> {
            blocks -= each.blocks();
            each.resize(now.size());
            blocks += each.blocks();
            names.put(path, new SentName(noted, held));
        });
        return held;
    }

    /** What is shared stays counted: another name may have it yet. */
    private void release(SentName name) {
        name.held().filter(each -> !each.isShared()).ifPresent(each -> blocks -= each.blocks());
    }
}
