package io.jmigrate.cli.option;

import io.jmigrate.runtime.plan.RootEntry;
import java.nio.file.Path;
import java.util.Optional;

/** How a container is made: the options of create and run, with runc's names. */
public final class CreateOptions {
    private static final int PRESERVED_MAX = 64;

    private final ConsoleOption console = new ConsoleOption();
    private Path bundle = Path.of("");
    private Optional<Path> pidFile = Optional.empty();
    private Optional<Path> pidfdSocket = Optional.empty();
    private RootEntry rootEntry = RootEntry.PIVOT;
    private boolean keepsKeyring;
    private int preserved;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        verb.option(
                        "-b, --bundle",
                        "DIR",
                        "Directory with config.json and the root filesystem (default: the current one).",
                        Path::of,
                        value -> bundle = value)
                .option(
                        "--pid-file",
                        "FILE",
                        "Write the pid of the container's init to FILE.",
                        Path::of,
                        value -> pidFile = Optional.of(value))
                .option(
                        "--preserve-fds",
                        "N",
                        "Hand N descriptors from 3 on, or after those of $LISTEN_FDS, to the container.",
                        text -> Numbers.between(text, 0, PRESERVED_MAX),
                        value -> preserved = value)
                .flag(
                        "--no-new-keyring",
                        "Let the container keep the caller's session keyring, with the keys in it.",
                        value -> keepsKeyring = value);
        verb.option(
                "--pidfd-socket",
                "SOCKET",
                "Send a descriptor of the container's init (pidfd_open(2)) to this Unix socket.",
                Path::of,
                value -> pidfdSocket = Optional.of(value));
        console.declare(verb);
        return verb.flag(
                "--no-pivot",
                "Enter the root filesystem with chroot, which confines less: for hosts whose root is a ramfs.",
                value -> rootEntry = value ? RootEntry.MOVE : RootEntry.PIVOT);
    }

    /** As given: relative paths are relative to the caller's directory. */
    public Path bundle() {
        return bundle;
    }

    public ConsoleOption console() {
        return console;
    }

    public Optional<Path> pidFile() {
        return pidFile;
    }

    public Optional<Path> pidfdSocket() {
        return pidfdSocket;
    }

    public boolean keepsKeyring() {
        return keepsKeyring;
    }

    public RootEntry rootEntry() {
        return rootEntry;
    }

    /** How many descriptors from 3 on are handed on. */
    public int preserved() {
        return preserved;
    }
}
