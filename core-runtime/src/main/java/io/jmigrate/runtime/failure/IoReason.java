package io.jmigrate.runtime.failure;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why something with a file failed, in words to stand behind a sentence that names the file: the JDK often tells the name alone. */
public final class IoReason {
    private static final String UNKNOWN = "no reason is given";

    private IoReason() {}

    /** The same of whatever a call to the system may throw; other exceptions than the JDK's own of files say it themselves. */
    public static String of(Exception e) {
        return e instanceof IOException io ? of(io) : String.valueOf(e.getMessage());
    }

    /** For example {@code no such file or directory}. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "file exists";
            case DirectoryNotEmptyException _ -> "directory not empty";
            case NotDirectoryException _ -> "not a directory";
            case FileSystemLoopException _ -> "too many levels of symbolic links";
            case EOFException _ -> "it ends too early";
            case ClosedChannelException _ -> "it was closed meanwhile";
            case FileSystemException other -> other.getReason() == null ? UNKNOWN : lowerCase(other.getReason());
            default -> e.getMessage() == null ? UNKNOWN : lowerCase(e.getMessage());
        };
    }

    /** The kernel's words as Errno has them; names of classes and files stay as they are. */
    private static String lowerCase(String reason) {
        boolean sentence = reason.length() > 1
                && Character.isUpperCase(reason.charAt(0))
                && Character.isLowerCase(reason.charAt(1));
        return sentence ? reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1) : reason;
    }
}
