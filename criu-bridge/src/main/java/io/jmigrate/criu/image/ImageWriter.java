package io.jmigrate.criu.image;

import com.google.protobuf.MessageLite;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writes an image file: the magic numbers at once, then entry by entry. Entries are written through: give it a buffer. */
public final class ImageWriter implements AutoCloseable {
    private final OutputStream out;

    /** @param out where the file goes, closed with the writer */
    public ImageWriter(OutputStream out, ImageKind kind) throws IOException {
        this.out = Objects.requireNonNull(out);
        if (kind.namesFamily()) {
            writeInt(kind.family());
        }
        writeInt(kind.magic());
    }

    /** In the place of what an image has; a link is not followed. */
    public static ImageWriter over(Path image, ImageKind kind) throws IOException {
        return new ImageWriter(
                new BufferedOutputStream(Files.newOutputStream(
                        image,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS)),
                kind);
    }

    public void write(MessageLite entry) throws IOException {
        writeInt(entry.getSerializedSize());
        entry.writeTo(out);
    }

    private void writeInt(int value) throws IOException {
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
