package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.transfer.WriteFailure;
import io.jmigrate.pages.arrival.Bookkeeping;
import io.jmigrate.pages.zstd.PageDecompressor;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes CRIU's image files into one directory, and nothing anywhere else. */
final class ImageReceiver implements AutoCloseable {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9][a-z0-9_-]{0,100}(\\.tar\\.gz)?\\.img|descriptors\\.json");
    /** A process has some ten of them. */
    private static final int FILES_MAX = 500_000;

    private final Path directory;
    private final long bytesMax;
    private final Bookkeeping.Account account;
    private long bytes;
    private int files;
    private OutputStream out = OutputStream.nullOutputStream();
    private String name = "";
    private long missing;
    private Optional<PageDecompressor> decompressor = Optional.empty();

    /** @param bytesMax of all files together @param account of the arrival */
    ImageReceiver(Path directory, long bytesMax, Bookkeeping.Account account) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.account = account;
    }

    void begin(String next, long size) {
        requireComplete();
        count(size);
        if (!NAME.matcher(next).matches()) {
            throw broken("an image file of the name " + next.replaceAll("[^A-Za-z0-9_.-]", "?"));
        }
        try {
            out.close();
            out = Files.newOutputStream(
                    directory.resolve(next), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw broken("the image " + next + " twice");
        } catch (IOException e) {
            throw failed(next, e);
        }
        name = next;
        missing = size;
    }

    /** By what is announced, so that nothing has been written when it turns out to be too much. */
    private void count(long size) {
        files++;
        if (files > FILES_MAX || size > bytesMax - bytes) {
            throw broken("far more images than the memory that was announced");
        }
        account.kept(size);
        bytes += size;
    }

    void data(byte[] piece) {
        expect(piece.length);
        write(piece);
    }

    /** @param length of the piece before it was compressed */
    void compressed(byte[] piece, int length) {
        expect(length);
        PageDecompressor all = decompressor.orElseGet(PageDecompressor::new);
        decompressor = Optional.of(all);
        byte[] bytes = new byte[length];
        all.decompress(ByteBuffer.wrap(piece), length).get(bytes);
        write(bytes);
    }

    private void expect(int bytes) {
        missing -= bytes;
        if (missing < 0) {
            throw broken("more bytes than announced for the image " + name);
        }
    }

    private void write(byte[] piece) {
        try {
            out.write(piece);
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    /** Every announced byte has come. */
    void requireComplete() {
        if (missing != 0) {
            throw broken("fewer bytes than announced for the image " + name);
        }
    }

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }

    private Failure failed(String file, IOException e) {
        return WriteFailure.of(directory.resolve(file), directory, e);
    }

    @Override
    public void close() {
        decompressor.ifPresent(PageDecompressor::close);
        try {
            out.close();
        } catch (IOException e) {
            throw failed(name, e);
        }
    }
}
