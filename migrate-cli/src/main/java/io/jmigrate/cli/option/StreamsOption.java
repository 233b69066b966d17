package io.jmigrate.cli.option;

import io.jmigrate.criu.stream.RestoredStreams;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What a restored container gets for its standard streams. */
public final class StreamsOption {
    private enum Whose {
        COMMAND,
        ORIGINAL
    }

    private Whose whose = Whose.COMMAND;

    /** Adds the option. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                "--streams",
                "WHOSE",
                "The container's standard streams: those of this command (command, default), or the files of this host that they"
                        + " were at the checkpoint (original).",
                text -> Choice.of(Whose.class, text),
                value -> whose = value);
    }

    /**
     * Refuses what makes no sense, or is dangerous.
     *
     * @param job whether it is one that is restored
     * @param believed whether somebody vouches for the images, which name files of the host
     */
    public void check(boolean job, boolean believed) {
        if (whose == Whose.ORIGINAL && job) {
            throw Failure.of(
                    OptionCode.USAGE, "restore: --streams is for containers: the files of a job come back without it");
        }
        if (whose == Whose.ORIGINAL && !believed) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "restore: --streams original opens files of this host that the imported file names: it needs --trust");
        }
    }

    /**
     * The streams, which are open as long as what is returned.
     *
     * @param given those of this command
     * @param warn is told what the container does not get back
     */
    public RestoredStreams open(Path images, StandardStreams given, Consumer<String> warn) {
        return switch (whose) {
            case COMMAND -> RestoredStreams.ofCommand(given);
            case ORIGINAL -> RestoredStreams.original(images, given, warn);
        };
    }
}
