package io.jmigrate.criu.configfile;

import io.jmigrate.criu.request.TreeOptions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A configuration file that is named for one act, as those of jobs are, which have no annotations.
 *
 * @param file absent: none
 * @param warning is told of each option that counts in place of what was asked for
 */
public record CriuConfigFile(Optional<Path> file, Consumer<String> warning) {
    /** There is none. */
    public static final CriuConfigFile NONE = new CriuConfigFile(Optional.empty(), _ -> {});

    public CriuConfigFile {
        Objects.requireNonNull(file);
        Objects.requireNonNull(warning);
    }

    /**
     * What it says.
     *
     * @param restore whether it is for a restore, and not for a dump
     * @param request what CRIU is asked for otherwise
     * @throws io.jmigrate.runtime.failure.Failure CRIU_CONFIG if it is missing or unreadable, or says what can't be
     */
    public CriuConfig read(boolean restore, TreeOptions request) {
        CriuConfig config =
                file.map(path -> CriuConfig.ofNamed(path, restore, request)).orElse(CriuConfig.NONE);
        config.warnings().forEach(warning);
        return config;
    }
}
