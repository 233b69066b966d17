package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.SecurityModule;

/** The kernel's modules whose labels a restore gives. */
final class LabelModules {
    private LabelModules() {}

    /**
     * Refuses labels of a module that this host's kernel does not use.
     *
     * @param what is restored, for example {@code container "web"}
     * @throws Failure FEATURE_MISSING
     */
    static void require(String what, RestoreTerms terms) {
        terms.missing(SecurityModule::isEnabled).ifPresent(module -> {
            throw Failure.of(
                            CriuCode.FEATURE_MISSING,
                            "cannot restore " + what + " with a label of " + module.title()
                                    + ": this host's kernel does not use it")
                    .withRemedy(
                            "leave out --lsm-profile and --lsm-mount-context: processes and mounts have no labels then");
        });
    }
}
