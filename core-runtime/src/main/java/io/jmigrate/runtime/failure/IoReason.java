package io.jmigrate.runtime.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why something with a file failed, in words to stand behind a sentence that names the file: the JDK often tells the name alone. */
public final class IoReason {
    private IoReason() {}

    /** For example {@code no such file or directory}. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "file exists";
            case DirectoryNotEmptyException _ -> "directory not empty";
            case NotDirectoryException _ -> "not a directory";
            case FileSystemException other when other.getReason() != null -> lowerCase(other.getReason());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : lowerCase(e.getMessage());
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
