package io.jmigrate.archive.rootfs;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads files into a tar. */
final class ContentPass implements TreeTar.FilePass {
    private static final int BUFFER_BYTES = 1 << 20;

    private final PaxTarOutput tar;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    ContentPass(PaxTarOutput tar) {
        this.tar = tar;
    }

    @Override
    public SparseMap map(Fd file, String path, long size) {
        return SparseMap.of(file, size);
    }

    @Override
    public void content(Fd file, String path, Extent extent) throws IOException {
        for (long at = extent.from(); at < extent.to(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), extent.to() - at));
            if (!Descriptors.preadFully(file, buffer, at)) {
                throw new IOException(path + " became shorter while it was read");
            }
            tar.content(buffer.array(), buffer.limit());
        }
    }
}
