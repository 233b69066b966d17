package io.jmigrate.pages.kept;

import java.util.OptionalLong;

/**
 * What a peer has of a container that was there before, as it has told.
 *
 * @param names how it names pages, and how they are named where it has nothing
 * @param table names of those that it has
 */
public record KeptPeer(PageNames names, KeptTable table) {
    /** One that has nothing. */
    public static KeptPeer withNothing() {
        return new KeptPeer(PageNames.fresh(), KeptTable.of(0));
    }

    public boolean hasNothing() {
        return table.isEmpty();
    }

    /** A page that holds this. @param expected the number of one that is taken if it does; may be none */
    public OptionalLong find(PageName name, long expected) {
        int number = table.find(name, (int) expected);
        return number == KeptTable.NONE ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
