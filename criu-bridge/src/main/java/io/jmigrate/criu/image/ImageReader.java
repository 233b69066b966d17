package io.jmigrate.criu.image;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an image file entry by entry. The file may be hostile: it isn't followed if it is a link, no more than one entry of a
 * bounded number of bytes is in memory, and every fault is an {@link ImageException}.
 */
public final class ImageReader implements AutoCloseable {
    /** The largest entry accepted: 64 MiB, ten times the memory map of a process with the most mappings Linux allows. */
    public static final int ENTRY_BYTES_MAX = 64 << 20;

    private final InputStream in;
    private final String name;
    private final int entryBytesMax;

    private ImageReader(InputStream in, String name, int entryBytesMax) {
        this.in = in;
        this.name = name;
        this.entryBytesMax = entryBytesMax;
    }

    /** Opens {@code file} and checks that it is an image of that kind. */
    public static ImageReader open(Path file, ImageKind kind) throws IOException {
        InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return of(new BufferedInputStream(in), file.getFileName().toString(), kind, ENTRY_BYTES_MAX);
    }

    /**
     * Reads an image from a stream, which is closed with the reader or if it isn't an image of that kind.
     *
     * @param name of the image, for messages
     * @param entryBytesMax the largest entry accepted
     */
    public static ImageReader of(InputStream in, String name, ImageKind kind, int entryBytesMax) throws IOException {
        ImageReader reader = new ImageReader(in, name, entryBytesMax);
        try {
            reader.checkMagic(kind);
            return reader;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private void checkMagic(ImageKind kind) throws IOException {
        boolean family = !kind.namesFamily()
                || readInt().filter(magic -> magic == kind.family()).isPresent();
        if (!family || readInt().filter(magic -> magic == kind.magic()).isEmpty()) {
            throw new ImageException(name + " is not a criu image of kind " + kind);
        }
    }

    /** The next entry, none at the end of the file. */
    public <M extends MessageLite> Optional<M> next(Parser<M> parser) throws IOException {
        Optional<Integer> length = readInt();
        return length.isEmpty() ? Optional.empty() : Optional.of(entry(parser, length.get()));
    }

    /** The next entry, which has to be there. */
    public <M extends MessageLite> M one(Parser<M> parser) throws IOException {
        return next(parser).orElseThrow(() -> new ImageException(name + " has no entry"));
    }

    /** All entries from here to the end, in memory: for images that were made on this host. */
    public <M extends MessageLite> List<M> rest(Parser<M> parser) throws IOException {
        List<M> entries = new ArrayList<>();
        for (Optional<M> entry = next(parser); entry.isPresent(); entry = next(parser)) {
            entries.add(entry.get());
        }
        return entries;
    }

    private <M extends MessageLite> M entry(Parser<M> parser, int length) throws IOException {
        if (length < 0 || length > entryBytesMax) {
            throw new ImageException(
                    name + " has an entry of an impossible length: " + Integer.toUnsignedString(length));
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new ImageException(name + " ends within an entry");
        }
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new ImageException(name + " has an unreadable entry: " + e.getMessage(), e);
        }
    }

    private Optional<Integer> readInt() throws IOException {
        byte[] bytes = in.readNBytes(Integer.BYTES);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        if (bytes.length < Integer.BYTES) {
            throw new ImageException(name + " ends within a number");
        }
        return Optional.of(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
