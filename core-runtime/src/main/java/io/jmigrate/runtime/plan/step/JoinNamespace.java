package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.NamespaceKind;
import java.nio.file.Path;

/**
 * Enters an existing namespace (setns(2)). A pid namespace takes effect with the next {@link Clone}. All paths of a plan are
 * opened before its first step runs, so that joining a mount namespace does not change what the later ones mean.
 *
 * @param path on the host, for example {@code /proc/42/ns/net} or a bind mount of one
 */
public record JoinNamespace(Path path, NamespaceKind kind) implements Step {
    @Override
    public String describe() {
        return "join the " + kind.procName() + " namespace " + path;
    }
}
