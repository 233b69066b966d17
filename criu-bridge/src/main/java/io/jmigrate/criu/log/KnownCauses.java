package io.jmigrate.criu.log;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The causes of failures that are known, of dumps and of restores. Each was provoked, and the tests look at the logs that CRIU wrote then:
 * 4.2.1, and for causes that lie in older ones 3.17.1 and 4.1.1. Images that no host here would write were edited.
 */
final class KnownCauses {
    private KnownCauses() {}

    static Stream<KnownCause> all() {
        return Stream.of(ProcessCauses.ALL, FileCauses.ALL, SocketCauses.ALL, HostCauses.ALL)
                .flatMap(List::stream);
    }

    /** What the line tells; empty if it is none of those that are known. */
    static Optional<KnownCause> of(String line) {
        return all().filter(cause -> cause.isToldBy(line)).findFirst();
    }
}
