package io.jmigrate.archive;

import java.io.InputStream;

/** The content of the current member of an archive, bounded in how far it may expand. */
final class MemberInput extends InputStream {
    private final ArchiveFile file;
    private final ArchiveInput input;
    private final Limits limits;
    private final String name;
    private long contentBytes;

    MemberInput(ArchiveFile file, ArchiveInput input, Limits limits, String name) {
        this.file = file;
        this.input = input;
        this.limits = limits;
        this.name = name;
    }

    @Override
    public int read() {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        int count = input.read(bytes, offset, length);
        contentBytes += Math.max(count, 0);
        limits.checkRatio(file, name, contentBytes, input.fileBytes());
        return count;
    }
}
