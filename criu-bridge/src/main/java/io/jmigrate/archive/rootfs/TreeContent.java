package io.jmigrate.archive.rootfs;

import io.jmigrate.archive.MemberContent;
import io.jmigrate.migration.transfer.Stamp;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of a tree as a tar that is made when its turn comes. How long it will be is found out before, from all but the contents of files:
 * nobody changes the tree meanwhile.
 */
final class TreeContent implements MemberContent.Made {
    private final Path tree;
    private final Map<String, Stamp> names;
    /** Of files with holes, by their paths. A filesystem may see other holes once it has brought a file to disk. */
    private final Map<String, SparseMap> maps = new HashMap<>();

    private final long bytes;

    TreeContent(Path tree, Map<String, Stamp> names) throws IOException {
        this.tree = tree;
        this.names = names;
        Measure measure = new Measure();
        try (PaxTarOutput tar = new PaxTarOutput(measure)) {
            new TreeTar(tree, tar, measure).write(names);
        }
        this.bytes = measure.counted;
    }

    /** Counts what would be written. */
    private final class Measure extends OutputStream implements TreeTar.FilePass {
        private long counted;

        @Override
        public void write(int value) {
            counted++;
        }

        @Override
        public void write(byte[] header, int offset, int length) {
            counted += length;
        }

        @Override
        public SparseMap map(Fd file, String path, long size) {
            SparseMap map = SparseMap.of(file, size);
            if (map.holeBytes() > 0) {
                maps.put(path, map);
            }
            return map;
        }

        @Override
        public void content(Fd file, String path, Extent extent) {
            counted += extent.bytes();
        }
    }

    /** Reads what was measured. */
    private final class Reading implements TreeTar.FilePass {
        private final ContentPass contents;

        Reading(PaxTarOutput tar) {
            contents = new ContentPass(tar);
        }

        @Override
        public SparseMap map(Fd file, String path, long size) {
            return maps.getOrDefault(path, SparseMap.whole(size));
        }

        @Override
        public void content(Fd file, String path, Extent extent) throws IOException {
            contents.content(file, path, extent);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        PaxTarOutput tar = new PaxTarOutput(out);
        try {
            new TreeTar(tree, tar, new Reading(tar)).write(names);
        } catch (LinuxException e) {
            throw new IOException("the files of " + tree + " can't be read: " + e.getMessage(), e);
        }
        tar.finish();
    }
}
