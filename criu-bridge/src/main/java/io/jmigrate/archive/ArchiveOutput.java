package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an archive is written to.
 *
 * @param target the file or stream
 * @param compression of all of it
 * @param signing of the compressed frames, so that a reader finds any of them to be genuine: nobody reads single ones if all is encrypted
 * @param encryption of what is compressed
 * @param progress told about content bytes
 */
record ArchiveOutput(
        ArchiveTarget target,
        Compression compression,
        Optional<SigningKey> signing,
        Optional<Encryption> encryption,
        Progress progress) {

    /** Packs the members and completes the tar. */
    @FunctionalInterface
    interface Packing {
        void pack(TarPacker tar) throws IOException;
    }

    /** Writes it all, or leaves nothing of it. @throws Failure with an {@link ArchiveCode} */
    ExportedArchive write(Packing packing) {
        return switch (target) {
            case ArchiveTarget.InFile(Path path) -> writeTo(path, packing);
            case ArchiveTarget.Stream stream -> writeTo(stream, packing);
        };
    }

    private ExportedArchive writeTo(ArchiveTarget.Stream stream, Packing packing) {
        StreamChannel channel = new StreamChannel(stream.out());
        try (Compressor compressor = layers(channel);
                TarPacker tar = new TarPacker(compressor.channel(), progress)) {
            packing.pack(tar);
            return new ExportedArchive(stream, tar.members().size(), tar.contentBytes(), channel.bytes());
        } catch (IOException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure; // the stream's own: it was told to give up
            }
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "writing archive " + stream.name() + " failed: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private ExportedArchive writeTo(Path path, Packing packing) {
        try (PartialFile file = PartialFile.of(path)) {
            return writeTo(file, path, packing);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Judges a failed write while the half-written file is there: its removal makes room again. */
    private ExportedArchive writeTo(PartialFile file, Path path, Packing packing) {
        try (Compressor compressor = layers(file.out());
                TarPacker tar = new TarPacker(compressor.channel(), progress)) {
            packing.pack(tar);
            return new ExportedArchive(target, tar.members().size(), tar.contentBytes(), file.complete());
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** What is compressed is encrypted, outermost: of the other way nothing could be compressed. */
    private Compressor layers(WritableByteChannel out) throws IOException {
        WritableByteChannel encrypted =
                encryption.isPresent() ? encryption.get().encrypting(out) : out;
        return Compressor.of(encrypted, compression, encryption.isPresent() ? Optional.empty() : signing);
    }

    private static Failure failure(Path file, IOException cause) {
        Path parent = file.toAbsolutePath().getParent();
        return FullDisk.at(parent)
                ? Failure.of(ArchiveCode.ARCHIVE_NO_SPACE, "no space is left for archive " + file)
                        .withCause(cause)
                : Failure.of(ArchiveCode.ARCHIVE_IO, "writing archive " + file + " failed: " + IoReason.of(cause))
                        .withCause(cause);
    }
}
