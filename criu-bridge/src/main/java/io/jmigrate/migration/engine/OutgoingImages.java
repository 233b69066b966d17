package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.policy.Compression;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.frozen.SharedPagemap;
import io.jmigrate.pages.zstd.PageCompressor;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CRIU's image files on their way, each piece compressed where it arrives sooner so: the container stands still meanwhile. Used once. */
final class OutgoingImages implements AutoCloseable {
    private static final int PIECE = 256 << 10;
    /** Smaller pieces tell little of what the others are like. */
    private static final int SAMPLE_MIN = 64 << 10;
    /** One of so many pieces is compressed to see whether it pays by now. */
    private static final int PIECES_A_SAMPLE = 16;

    private static final double NANOS_A_SECOND = 1e9;
    private static final String LOG_SUFFIX = ".log";

    private final Data data;
    private final Compress choice;
    private final double linkRate;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    /** Made for the first piece that is compressed: the container stands still meanwhile, and not every transfer has such pieces. */
    private Optional<PageCompressor> compressor = Optional.empty();

    private Optional<Compression> measured = Optional.empty();
    private long pieces;
    private long sent;

    /** @param linkRate bytes a second that cross the link; 0 if that is not known, and nothing is compressed unless all is to be */
    OutgoingImages(Data data, Compress choice, double linkRate) {
        this.data = data;
        this.choice = choice;
        this.linkRate = linkRate;
    }

    /** Sends every regular file of the directory but logs, and pages that processes share: these go as memory. @return bytes on the link */
    long send(Path directory) {
        try {
            Set<String> memory = SharedPagemap.in(directory).stream()
                    .map(SharedPagemap::pagesFile)
                    .collect(Collectors.toSet());
            for (Path file : files(directory, memory)) {
                data.send(new DataMessage.Image(file.getFileName().toString(), Files.size(file)));
                sendContent(file);
            }
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot read the images in " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return sent;
    }

    private static List<Path> files(Path directory, Set<String> but) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                boolean log = file.toString().toLowerCase(Locale.ROOT).endsWith(LOG_SUFFIX);
                if (Files.isRegularFile(file)
                        && !log
                        && !but.contains(file.getFileName().toString())) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private void sendContent(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            while (fill(in)) {
                Optional<ByteBuffer> smaller = compressesNext() ? compressed() : Optional.empty();
                byte[] bytes = bytes(smaller.orElse(piece));
                data.send(
                        smaller.isPresent()
                                ? new DataMessage.CompressedImageData(piece.remaining(), bytes)
                                : new DataMessage.ImageData(bytes));
                sent += bytes.length;
            }
        }
    }

    private boolean fill(FileChannel in) throws IOException {
        piece.clear();
        int read = 0;
        while (read >= 0 && piece.hasRemaining()) {
            read = in.read(piece);
        }
        return piece.flip().hasRemaining();
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private boolean compressesNext() {
        return switch (choice) {
            case OFF -> false;
            case ZSTD -> true;
            case AUTO -> linkRate > 0 && pays();
        };
    }

    private boolean pays() {
        boolean large = piece.remaining() >= SAMPLE_MIN;
        boolean sample = large && pieces % PIECES_A_SAMPLE == 0;
        pieces += large ? 1 : 0;
        return sample || measured.filter(Compression::pays).isPresent();
    }

    private Optional<ByteBuffer> compressed() {
        PageCompressor own = compressor.orElseGet(PageCompressor::new);
        compressor = Optional.of(own);
        long begun = System.nanoTime();
        Optional<ByteBuffer> smaller = own.compress(piece);
        long nanos = Math.max(1, System.nanoTime() - begun);
        if (piece.remaining() >= SAMPLE_MIN) {
            double part = smaller.orElse(piece).remaining() / (double) piece.remaining();
            measured = Optional.of(new Compression(linkRate, piece.remaining() * NANOS_A_SECOND / nanos, part));
        }
        return smaller;
    }

    @Override
    public void close() {
        compressor.ifPresent(PageCompressor::close);
    }
}
