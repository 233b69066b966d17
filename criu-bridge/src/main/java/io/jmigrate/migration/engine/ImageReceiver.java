package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** Writes CRIU's image files into one directory, and nothing anywhere else. */
final class ImageReceiver implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.:-]{0,200}");

    private final Path directory;
    private OutputStream out = OutputStream.nullOutputStream();
    private String name = "";
    private long missing;

    ImageReceiver(Path directory) {
        this.directory = directory;
    }

    void begin(String next, long size) {
        requireComplete();
        if (!NAME.matcher(next).matches() || next.startsWith("pages-") || next.startsWith("pagemap-")) {
            throw broken("an image file of the name " + next.replaceAll("[^A-Za-z0-9_.-]", "?"));
        }
        try {
            out.close();
            out = Files.newOutputStream(
                    directory.resolve(next), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(next, e);
        }
        name = next;
        missing = size;
    }

    void data(byte[] bytes) {
        missing -= bytes.length;
        if (missing < 0) {
            throw broken("more bytes than announced for the image " + name);
        }
        try {
            out.write(bytes);
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
        return Failure.of(
                        MigrationCode.TRANSFER,
                        "cannot write the image " + directory.resolve(file) + ": " + e.getMessage())
                .withCause(e);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(name, e);
        }
    }
}
