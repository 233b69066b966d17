package io.jmigrate.cli.option;

import io.jmigrate.migration.identity.PeerRight;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a paired node may do, as users write it: {@code send}, {@code receive} or both.
 *
 * @param set of them; in a record, because the parser would take a bare set for several values
 */
public record PeerRights(Set<PeerRight> set) {
    public static final String LABEL = "RIGHTS";

    public PeerRights {
        set = Set.copyOf(set);
    }

    /** @throws IllegalArgumentException that names the choices */
    public static PeerRights of(String list) {
        return new PeerRights(Choices.of(PeerRight.class, list).set());
    }

    /** In their order: {@code send,receive}. */
    public static String words(Collection<PeerRight> rights) {
        return rights.stream().sorted().map(Choice::word).collect(Collectors.joining(","));
    }
}
