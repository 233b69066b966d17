package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an {@link Heir} runs: the front with other words.
 *
 * @param front its file, {@code PREFIX/bin/jmigrate}
 * @param words what follows the program's name
 * @param environment {@code NAME=value}
 * @param errors its standard error; absent: /dev/null
 */
public record HeirCommand(Path front, List<String> words, List<String> environment, Optional<Fd> errors) {
    public HeirCommand {
        Objects.requireNonNull(front);
        words = List.copyOf(words);
        environment = List.copyOf(environment);
        Objects.requireNonNull(errors);
    }
}
