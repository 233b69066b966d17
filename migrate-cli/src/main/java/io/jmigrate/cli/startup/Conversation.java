package io.jmigrate.cli.startup;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.Door;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Two nodes over the loopback interface: one offers a container, the other hears it out and refuses. */
final class Conversation {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);
    private static final PageRun PAGE = new PageRun(PROCESS, PageRun.PAGE_BYTES, 1, PageContent.PRESENT);

    private Conversation() {}

    static void hold() throws IOException {
        Path directory = Files.createTempDirectory("jmigrate-rehearsal");
        try {
            Path here = Files.createDirectory(directory.resolve("here"));
            Path there = Files.createDirectory(directory.resolve("there"));
            TrustedPeers.of(here).add("there", NodeIdentity.init(there, "there").fingerprint(), PeerRight.ALL);
            TrustedPeers.of(there).add("here", NodeIdentity.init(here, "here").fingerprint(), PeerRight.ALL);
            try (Wire server = Wire.open(certificates(there));
                    Wire client = Wire.open(certificates(here))) {
                PeerAddress address = server.listen(new PeerAddress("127.0.0.1", 0), Door.OPEN, Conversation::answer);
                sendPage(client, address);
                offer(client, address);
            }
        } finally {
            remove(directory);
        }
    }

    private static WireSecurity certificates(Path root) {
        return new WireSecurity.Certificates(NodeIdentity.load(root), TrustedPeers.of(root));
    }

    private static void sendPage(Wire client, PeerAddress address) {
        try (Connection connection = client.connect(address, Role.DATA)) {
            Data data = connection.data();
            data.send(new DataMessage.Pages(PAGE, ByteBuffer.allocate(PageRun.PAGE_BYTES)));
            data.send(new DataMessage.PagesEnd(1, true));
        }
    }

    private static void offer(Wire client, PeerAddress address) {
        try (Connection connection = client.connect(address, Role.CONTROL)) {
            Control control = connection.control();
            control.send(new ControlMessage.Offer(
                    MigrationId.random(),
                    "none",
                    "{}",
                    RootfsMode.COPY,
                    "",
                    "",
                    List.of(),
                    new HostFacts(
                            "",
                            List.of(),
                            new HostFacts.Criu("", false),
                            new HostFacts.Kernel("", Set.of(), "", List.of(), Set.of())),
                    new ContainerSize(0, 0, 0, 0, 0),
                    ContainerNeeds.NONE,
                    NetworkTerms.KEEP,
                    false,
                    false,
                    "",
                    false));
            control.await(ControlMessage.Accepted.class, PATIENCE);
            throw new IllegalStateException("an offer was accepted that nobody could have accepted");
        } catch (Failure e) {
            if (e.code() != MigrationCode.PREFLIGHT) {
                throw e;
            }
        }
    }

    private static void answer(Connection connection) {
        if (connection.role() == Role.DATA) {
            while (!(connection.data().receive(PATIENCE) instanceof DataMessage.PagesEnd)) {
                // what comes before it is of no use here
            }
        } else {
            Control control = connection.control();
            control.await(ControlMessage.Offer.class, PATIENCE);
            control.send(new ControlMessage.Refused(MigrationCode.PREFLIGHT.name(), List.of("this is a rehearsal")));
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
