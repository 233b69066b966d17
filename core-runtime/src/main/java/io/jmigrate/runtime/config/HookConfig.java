package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.HookSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program that is run at some moment of a container's life.
 *
 * @param path absolute
 * @param args the first is its own name; not empty
 * @param env the whole of its environment
 * @param timeout after which it is killed and has failed
 */
public record HookConfig(Path path, List<String> args, List<String> env, Optional<Duration> timeout) {
    public HookConfig {
        args = List.copyOf(args);
        env = List.copyOf(env);
    }

    static HookConfig resolve(HookSpec spec) {
        return new HookConfig(
                Path.of(spec.path()),
                spec.args().isEmpty() ? List.of(spec.path()) : spec.args(),
                spec.env(),
                spec.timeout().map(Duration::ofSeconds));
    }
}
