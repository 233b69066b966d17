package io.jmigrate.migration.engine;

import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The node that this program runs on, with what a migration needs of it.
 *
 * @param root the runtime root
 * @param containers those below it
 * @param launcher starts CRIU; what it restores becomes its child
 * @param criuFinder finds CRIU; throws {@code Failure} CRIU_MISSING: without one containers can still start anew
 * @param networkHook program that moves addresses, as the operator of this node has named it
 */
public record MigrationHost(
        Path root,
        Containers containers,
        Launcher launcher,
        Supplier<CriuBinary> criuFinder,
        Optional<Path> networkHook) {
    /** Without a hook. */
    public MigrationHost(Path root, Containers containers, Launcher launcher, CriuBinary criu) {
        this(root, containers, launcher, () -> criu, Optional.empty());
    }

    public MigrationHost {
        networkHook.ifPresent(NetworkHook::requireProgram);
    }

    /** The same node with a hook. @throws io.jmigrate.runtime.failure.Failure HOOK_FAILED if it is no program */
    public MigrationHost withNetworkHook(Optional<Path> program) {
        return new MigrationHost(root, containers, launcher, criuFinder, program);
    }

    /** Which CRIU. @throws io.jmigrate.runtime.failure.Failure CRIU_MISSING */
    CriuBinary criu() {
        return criuFinder.get();
    }
}
