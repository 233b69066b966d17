package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Difference;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An archive that is read, as the subject of what is wrong with it. */
record ArchiveFile(String name) {
    /** What zstd-jni ("Truncated source") and Commons Compress ("Truncated TAR archive") say, as {@link IoReason} has it. */
    private static final String TRUNCATED = "truncated ";

    Failure missing(String why) {
        return Failure.of(ArchiveCode.ARCHIVE_MISSING, "archive " + name + " can't be opened: " + why);
    }

    /** There is nothing of that name, or something that is no plain file. */
    Failure noFile(Path path) {
        if (Files.isDirectory(path)) {
            return missing("it is a directory");
        }
        return missing(Files.exists(path) ? "it is not a file" : "there is no such file");
    }

    /** Neither a tar nor a compressed one. */
    Failure notAnArchive() {
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, name + " is not a checkpoint archive");
    }

    /** An image, not an archive, and there is none to be made of it. */
    Failure noCheckpoint(String why) {
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, name + " is an image in OCI layout, and can't be used: " + why)
                .withRemedy("ctr containers checkpoint --task and ctr images export write such files");
    }

    Failure alreadyImage() {
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, name + " is an image in OCI layout already, and no archive")
                .withRemedy("make an archive of it: convert --to jmigrate");
    }

    Failure noCheckpoint(IOException cause) {
        String why = cause instanceof NoSuchFileException absent ? "it has no " + absent.getFile() : IoReason.of(cause);
        return noCheckpoint(why.lines().findFirst().orElse("")).withCause(cause);
    }

    Failure damaged(String why) {
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, "archive " + name + " is damaged: " + why);
    }

    /** An exception that only wraps another says less than that. */
    Failure damaged(Exception cause) {
        boolean wraps = cause.getCause() instanceof Exception within
                && within.toString().equals(cause.getMessage());
        return damaged(why(wraps ? (Exception) cause.getCause() : cause)).withCause(cause);
    }

    /** Of an end that comes too early every library has words of its own. */
    private static String why(Exception cause) {
        String words = IoReason.of(cause);
        return words.startsWith(TRUNCATED) ? "it ends too early" : words;
    }

    Failure invalid(String member, String what) {
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, sentence(member, what));
    }

    /** A document that is not such a one. Of Jackson's words the first line is told: the second quotes the document. */
    Failure unreadable(String member, IOException cause) {
        String why = IoReason.of(cause).lines().findFirst().orElse("");
        return invalid(member, "can't be read: " + why).withCause(cause);
    }

    Failure forbidden(String member, String what) {
        return Failure.of(ArchiveCode.ARCHIVE_FORBIDDEN, sentence(member, what));
    }

    /** Not what the manifest says. */
    Failure altered(Difference difference) {
        return Failure.of(ArchiveCode.ARCHIVE_ALTERED, sentence(difference.member(), difference.what()));
    }

    Failure unsigned() {
        return Failure.of(ArchiveCode.ARCHIVE_UNSIGNED, "archive " + name + " is not signed");
    }

    Failure untrusted(Path key) {
        return Failure.of(
                ArchiveCode.ARCHIVE_UNTRUSTED,
                "archive " + name + " is not signed by key " + key + ", or was changed afterwards");
    }

    Failure encrypted() {
        return Failure.of(ArchiveCode.ARCHIVE_ENCRYPTED, "archive " + name + " is encrypted");
    }

    /** @param means what was tried */
    Failure wrongKey(String means) {
        return Failure.of(ArchiveCode.ARCHIVE_WRONG_KEY, "archive " + name + " can't be decrypted with " + means);
    }

    Failure plain() {
        return Failure.of(ArchiveCode.ARCHIVE_PLAIN, "archive " + name + " is not encrypted");
    }

    Failure tooLarge(String what) {
        return Failure.of(ArchiveCode.ARCHIVE_TOO_LARGE, "archive " + name + " " + what);
    }

    Failure tooLarge(String member, String what) {
        return Failure.of(ArchiveCode.ARCHIVE_TOO_LARGE, sentence(member, what));
    }

    private String sentence(String member, String what) {
        return "archive " + name + ": member " + MemberName.printable(member) + " " + what;
    }
}
