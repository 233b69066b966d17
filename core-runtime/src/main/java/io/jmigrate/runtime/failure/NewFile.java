package io.jmigrate.runtime.failure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells beforehand that a file can't be made, so that nothing is done in vain, or to a container, that is to be written to it. */
public final class NewFile {
    private NewFile() {}

    /** What is wrong with the directory that the file is to be in, in words to stand behind a sentence that names the file. */
    public static Optional<String> obstacle(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return Optional.of("it is the root directory");
        }
        if (!Files.exists(directory)) {
            return Optional.of("there is no directory " + directory);
        }
        if (!Files.isDirectory(directory)) {
            return Optional.of(directory + " is not a directory");
        }
        return Files.isWritable(directory)
                ? Optional.empty()
                : Optional.of("nothing can be written to the directory " + directory);
    }
}
