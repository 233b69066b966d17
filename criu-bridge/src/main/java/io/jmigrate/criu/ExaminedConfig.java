package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.obstacle.DumpAllowance;
import io.jmigrate.criu.obstacle.Examination;
import io.jmigrate.criu.obstacle.Obstacle;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * CRIU's configuration file of a tree that nobody dumps yet, as a dump would find it.
 *
 * @param config what it says; nothing if that can't be
 * @param obstacles why it can't be
 */
record ExaminedConfig(CriuConfig config, List<Obstacle> obstacles) {
    /** @param reader gives what the file says, or fails with CRIU_CONFIG */
    static ExaminedConfig of(Supplier<CriuConfig> reader) {
        try {
            return new ExaminedConfig(reader.get(), List.of());
        } catch (Failure e) {
            if (e.code() != CriuCode.CRIU_CONFIG) {
                throw e;
            }
            return new ExaminedConfig(CriuConfig.NONE, obstacles(e));
        }
    }

    private static List<Obstacle> obstacles(Failure failure) {
        return (failure.details().isEmpty() ? List.of(failure.getMessage()) : failure.details())
                .stream()
                        .map(sentence -> new Obstacle(Obstacle.Kind.CONFIGURATION, sentence))
                        .toList();
    }

    /** What a dump of the tree would meet. */
    Outlook.Examined outlook(String state, DumpTarget target, TreeOptions options) {
        Examination seen = target.look(DumpAllowance.of(options, config)).examination();
        return new Outlook.Examined(
                state,
                seen.processes(),
                Stream.concat(obstacles.stream(), seen.obstacles().stream()).toList(),
                config.warnings(),
                seen.belongings(),
                target.rootLeadsNoSession());
    }
}
