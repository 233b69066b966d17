package io.jmigrate.migration.engine;

import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;

/**
 * The node that this program runs on, with what a migration needs of it.
 *
 * @param root the runtime root
 * @param containers those below it
 * @param launcher starts CRIU; what it restores becomes its child
 * @param criu which CRIU
 */
public record MigrationHost(Path root, Containers containers, Launcher launcher, CriuBinary criu) {}
