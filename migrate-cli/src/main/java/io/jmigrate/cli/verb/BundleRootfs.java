package io.jmigrate.cli.verb;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.RootSpec;
import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Path;

/** Where the root filesystem of a bundle is. */
final class BundleRootfs {
    private BundleRootfs() {}

    /** @throws Failure INVALID_CONFIG if the config.json doesn't say */
    static Path of(Path bundle, Spec spec) {
        return bundle.resolve(spec.root()
                .map(RootSpec::path)
                .filter(path -> !path.isEmpty())
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INVALID_CONFIG, "config.json of " + bundle + " names no root filesystem")));
    }
}
