package io.jmigrate.cli.verb;

import io.jmigrate.criu.feature.CriuBinary;
import java.util.List;
import java.util.Optional;

/** Finds the CRIU to use. */
final class Criu {
    private Criu() {}

    /** @throws io.jmigrate.runtime.failure.Failure CRIU_MISSING */
    static CriuBinary of(Session session) {
        List<String> environment = session.invocation().environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        return CriuBinary.find(
                environment, Optional.of(session.invocation().distribution().prefix()));
    }
}
