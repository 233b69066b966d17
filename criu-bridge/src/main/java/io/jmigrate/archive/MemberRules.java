package io.jmigrate.archive;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Decides on every member of an archive, before a byte of it is extracted, whether it may be. */
final class MemberRules {
    private final ArchiveFile file;
    private final Limits limits;
    private final boolean anyPlace;
    private final Set<String> seen = new HashSet<>();
    private int members;
    private long announcedBytes;

    private MemberRules(ArchiveFile file, Limits limits, boolean anyPlace) {
        this.file = file;
        this.limits = limits;
        this.anyPlace = anyPlace;
    }

    /** For an archive that is to be restored: every member has its place. */
    static MemberRules toRestore(ArchiveFile file, Limits limits) {
        return new MemberRules(file, limits, false);
    }

    /** For an archive that is looked at and not extracted: it may also hold what can't be restored. */
    static MemberRules toLook(ArchiveFile file, Limits limits) {
        return new MemberRules(file, limits, true);
    }

    /**
     * A member that may be.
     *
     * @param name below the extraction directory
     * @param directory whether it is one, or else a file
     * @param useful whether a restore has a use for it
     * @param bytes of its content, as its header says
     */
    record Admitted(String name, boolean directory, boolean useful, long bytes) {}

    /**
     * The member if it may be.
     *
     * @throws io.jmigrate.runtime.failure.Failure if the member has no place in an archive
     */
    Admitted admit(TarArchiveEntry entry) {
        checkCountAndName(entry);
        checkType(entry);
        String name = plainName(entry);
        if (!seen.add(name)) {
            throw file.invalid(name, "is there twice");
        }
        if (entry.isDirectory()) {
            checkDirectory(name, entry.getSize());
            return new Admitted(name, true, true, 0);
        }
        ArchiveLayout.Use use = use(name);
        checkSize(name, entry.getSize(), use);
        return new Admitted(name, false, use != ArchiveLayout.Use.PASSED_OVER, entry.getSize());
    }

    private void checkCountAndName(TarArchiveEntry entry) {
        if (++members > limits.members()) {
            throw file.tooLarge("has more than " + limits.members() + " members");
        }
        if (entry.getName().getBytes(StandardCharsets.UTF_8).length > limits.nameBytes()) {
            throw file.tooLarge(entry.getName(), "has a name of more than " + limits.nameBytes() + " bytes");
        }
        if (!entry.isCheckSumOK()) {
            throw file.invalid(entry.getName(), "has a header with a wrong checksum");
        }
    }

    private void checkType(TarArchiveEntry entry) {
        String kind = kind(entry);
        if (!kind.isEmpty()) {
            throw file.forbidden(entry.getName(), "is " + kind + ", which a checkpoint never holds");
        }
    }

    /** What the member is, empty for the two kinds that a checkpoint consists of. */
    private static String kind(TarArchiveEntry entry) {
        if (entry.isSparse()) {
            return "a sparse file";
        }
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_DIR -> "";
            case TarConstants.LF_SYMLINK -> "a symbolic link";
            case TarConstants.LF_LINK -> "a hard link";
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> "a device";
            case TarConstants.LF_FIFO -> "a fifo";
            default -> "of an unknown type";
        };
    }

    /** Without the "./" that some packers begin with and the "/" behind directories. */
    private String plainName(TarArchiveEntry entry) {
        String name = entry.getName();
        if (name.startsWith("/")) {
            throw file.forbidden(name, "has an absolute name");
        }
        String plain = name.startsWith("./") ? name.substring(2) : name;
        if (plain.equals("..") || plain.startsWith("../") || plain.contains("/../") || plain.endsWith("/..")) {
            throw file.forbidden(name, "leads out of the archive");
        }
        return entry.isDirectory() && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private void checkDirectory(String name, long bytes) {
        if (!anyPlace && !name.isEmpty() && !ArchiveLayout.isDirectory(name)) {
            throw unexpected(name);
        }
        if (bytes != 0) {
            throw file.invalid(name, "is a directory with content");
        }
    }

    private ArchiveLayout.Use use(String name) {
        return ArchiveLayout.use(name)
                .or(() -> anyPlace ? Optional.of(ArchiveLayout.Use.DATA) : Optional.empty())
                .orElseThrow(() -> unexpected(name));
    }

    private RuntimeException unexpected(String name) {
        return file.forbidden(
                name,
                ArchiveLayout.notRestorable(name)
                        .map(what -> "holds " + what + ", which this version can't restore")
                        .orElse("has no place in a checkpoint archive"));
    }

    private void checkSize(String name, long bytes, ArchiveLayout.Use use) {
        long most = use == ArchiveLayout.Use.DOCUMENT ? limits.documentBytes() : limits.memberBytes();
        if (bytes < 0 || bytes > most) {
            throw file.tooLarge(name, "has more than " + most + " bytes");
        }
        announcedBytes += bytes;
        if (announcedBytes > limits.totalBytes()) {
            throw file.tooLarge("has more than " + limits.totalBytes() + " bytes of content");
        }
    }
}
