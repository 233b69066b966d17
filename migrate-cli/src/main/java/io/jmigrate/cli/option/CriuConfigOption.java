package io.jmigrate.cli.option;

import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The option that names a job's configuration file of CRIU's; a container has an annotation for it. */
public final class CriuConfigOption {
    private Optional<Path> file = Optional.empty();

    /** Adds the option. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                "--criu-config",
                "FILE",
                "Of a job: take options from this configuration file of CRIU's, too.",
                Path::of,
                value -> file = Optional.of(value));
    }

    /**
     * The file of a job.
     *
     * @param resolve makes a path of the caller's absolute
     * @param warning is told of each option that overrides the command
     */
    public CriuConfigFile ofJob(UnaryOperator<Path> resolve, Consumer<String> warning) {
        return new CriuConfigFile(file.map(resolve), warning);
    }

    /** @throws Failure USAGE if it is named though there is no job */
    public void refuseWithoutJob(String verb) {
        if (file.isPresent()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    verb + ": --criu-config is for jobs: the annotation org.criu.config names the file of a container");
        }
    }
}
