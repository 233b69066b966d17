package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Frames of zstd, then their checksums and their table, each as a frame that other readers pass over. */
final class IndexedFrames implements FrameSink {
    private final OutputStream out;
    private final SeekTable.Builder table = new SeekTable.Builder();
    private final FrameChecksums.Builder checksums = new FrameChecksums.Builder();

    IndexedFrames(OutputStream out) {
        this.out = out;
    }

    @Override
    public void frame(byte[] compressed, int contentBytes) throws IOException {
        out.write(compressed);
        table.add(compressed.length, contentBytes, lastInt(compressed));
        checksums.add(crc(compressed));
    }

    /** The checksum of its content that a frame of zstd ends with. */
    private static int lastInt(byte[] frame) {
        return ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(frame.length - Integer.BYTES);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void finish() throws IOException {
        table.add(checksums.bytes(), 0, SeekTable.CHECKSUM_OF_NOTHING);
        byte[] tableFrame = table.write();
        out.write(checksums.write(crc(tableFrame)));
        out.write(tableFrame);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
