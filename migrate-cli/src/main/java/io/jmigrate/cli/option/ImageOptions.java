package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** Where images and CRIU's log are: options that checkpoint and restore share, with runc's names. */
public final class ImageOptions {
    /** As runc's: below the caller's directory. */
    private static final Path DEFAULT_DIRECTORY = Path.of("checkpoint");

    private Optional<Path> imagePath = Optional.empty();
    private Optional<Path> workPath = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--image-path",
                        "DIR",
                        "Image directory (default: " + DEFAULT_DIRECTORY + ").",
                        Path::of,
                        value -> imagePath = Optional.of(value))
                .option(
                        "--work-path",
                        "DIR",
                        "Where CRIU's log goes (default: the image directory).",
                        Path::of,
                        value -> workPath = Optional.of(value));
    }

    /** As given: relative paths are relative to the caller's directory. */
    public Path imagePath() {
        return imagePath.orElse(DEFAULT_DIRECTORY);
    }

    /** Whether an image directory was asked for. */
    public boolean imagePathGiven() {
        return imagePath.isPresent();
    }

    public Optional<Path> workPath() {
        return workPath;
    }
}
