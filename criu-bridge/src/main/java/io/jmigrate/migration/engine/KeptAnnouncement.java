package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.ControlMessage.Accepted;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.kept.KeptTable;
import io.jmigrate.pages.kept.PageNames;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** How a destination tells a source what it has kept of a container, and the source hears it. */
final class KeptAnnouncement {
    private KeptAnnouncement() {}

    /** @param secret joins the data connection @param kept on what there is */
    static Accepted accepting(String secret, Optional<KeptPages> kept) {
        return kept.map(pages ->
                        new Accepted(secret, pages.pages(), HexFormat.of().formatHex(pages.secret())))
                .orElseGet(() -> new Accepted(secret));
    }

    /** Tells the names. */
    static void tell(KeptPages kept, Data data) {
        kept.names(names -> data.send(new DataMessage.KeptNames(names)));
    }

    /**
     * Asks for all names that were announced, when all data connections are there.
     *
     * @param goOn asked between the pieces; throws if this is to end
     * @throws Failure PEER_PROTOCOL if they are not the announced ones, or too many
     */
    static KeptPeer ask(Accepted accepted, Data data, Duration patience, Runnable goOn) {
        if (accepted.keptPages() == 0) {
            return KeptPeer.withNothing();
        }
        data.send(new DataMessage.KeptWanted());
        try {
            PageNames naming = new PageNames(HexFormat.of().parseHex(accepted.keptSecret()));
            KeptTable table = KeptTable.of(accepted.keptPages());
            while (table.missing() > 0) {
                goOn.run();
                table.add(ByteBuffer.wrap(names(data.receive(patience))));
            }
            return new KeptPeer(naming, table);
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage())).withCause(e);
        }
    }

    private static byte[] names(DataMessage message) {
        if (message instanceof DataMessage.KeptNames(byte[] names)) {
            return names;
        }
        throw broken("no names of kept pages where they belong");
    }

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }
}
