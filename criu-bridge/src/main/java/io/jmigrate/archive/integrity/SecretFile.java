package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A small file that somebody keeps a key or a passphrase in.
 *
 * @param path of the file
 * @param kind what to call it in messages, such as "private key"
 */
public record SecretFile(Path path, String kind) {
    /** Far more than a key has: the name may be that of any file. */
    private static final int BYTES_MAX = 64 << 10;

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * Its content. Only from a plain file: a fifo would hold up whoever reads it.
     *
     * @throws Failure KEY_UNUSABLE
     */
    public byte[] content() {
        try {
            requireFile();
            if (Files.size(path) > BYTES_MAX) {
                throw unusable("it has more than " + BYTES_MAX + " bytes");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Refuses it if others can read it, as ssh does (sshkey_perm_ok in authfile.c): what others know keeps nothing.
     *
     * @throws Failure KEY_UNUSABLE if it is no plain file, KEY_EXPOSED
     */
    public void requirePrivate() {
        try {
            requireFile();
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (!OWNERS.containsAll(permissions)) {
                throw Failure.of(
                        KeyCode.KEY_EXPOSED,
                        kind + " " + path + " is open to others: its permissions are "
                                + PosixFilePermissions.toString(permissions));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void requireFile() {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw unusable("it is not a file");
        }
    }

    private Failure unreadable(IOException cause) {
        return unusable("it can't be read: " + IoReason.of(cause)).withCause(cause);
    }

    /** The failure of whoever can't do anything with the content. */
    public Failure unusable(String why) {
        return Failure.of(KeyCode.KEY_UNUSABLE, kind + " " + path + " can't be used: " + why);
    }
}
