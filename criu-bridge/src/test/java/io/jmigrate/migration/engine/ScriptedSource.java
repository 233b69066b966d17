package io.jmigrate.migration.engine;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A source that keeps to the protocol up to one point, and then does something else. */
final class ScriptedSource implements AutoCloseable {
    private static final Duration LONG = Patience.LIMIT;
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);

    /** What it does not send. */
    enum Point {
        JOIN,
        ROOTFS,
        ROUND,
        MEMORY,
        FINAL,
        GO,
        GONE
    }

    /** What it does in its place. */
    enum Deed {
        CLOSES,
        STAYS_SILENT,
        TALKS_NONSENSE,
        GIVES_UP
    }

    final MigrationId id = MigrationId.random();
    /** Its name; empty if it comes alone. */
    String group = "";

    private final MemoryLink link;
    private final Point point;
    private final Deed deed;
    private Connection control;
    private Connection data;
    private String secret;

    ScriptedSource(MemoryLink link, Point point, Deed deed) {
        this.link = link;
        this.point = point;
        this.deed = deed;
    }

    /** Plays until its deed is done. */
    void play() {
        control = link.connect(Role.CONTROL);
        control.control().send(offer());
        secret = control.control().await(ControlMessage.Accepted.class, LONG).secret();
        if (does(Point.JOIN)) {
            return;
        }
        data = link.connect(Role.DATA);
        join(data.control());
        if (sends(data.data())) {
            control.control().await(ControlMessage.Held.class, LONG);
            if (!does(Point.GO)) {
                control.control().send(new ControlMessage.Go());
                control.control().await(ControlMessage.Running.class, LONG);
                does(Point.GONE);
            }
        }
    }

    private static final ContainerSize SIZE = new ContainerSize(1 << 20, 1 << 20, 100, 0, 0);

    ControlMessage.Offer offer() {
        return offer(FakeSource.CONTAINER);
    }

    ControlMessage.Offer offer(String container) {
        HostFacts facts = new HostFacts(
                "amd64",
                List.of("avx2"),
                new HostFacts.Criu("4.2.1", true),
                new HostFacts.Kernel("6.18", Set.of(), "v2", List.of("memory"), Set.of()));
        return new ControlMessage.Offer(
                id,
                container,
                "{}",
                RootfsMode.COPY,
                "/srv/web",
                "",
                List.of(),
                facts,
                SIZE,
                ContainerNeeds.NONE,
                NetworkTerms.KEEP,
                false,
                false,
                group,
                false);
    }

    /** Another data connection. @return what the destination says to it */
    ControlMessage joinAgain() {
        try (Connection again = link.connect(Role.DATA)) {
            again.control().send(new ControlMessage.Join(id, secret));
            return again.control().receive(LONG);
        }
    }

    private void join(Control to) {
        to.send(new ControlMessage.Join(id, secret));
        to.await(ControlMessage.Joined.class, LONG);
    }

    /** @return whether everything was sent */
    private boolean sends(Data to) {
        if (does(Point.ROOTFS)) {
            return false;
        }
        to.send(new DataMessage.SectionEnd(Section.ROOTFS, 0));
        acknowledged();
        if (does(Point.ROUND)) {
            return false;
        }
        pages(to, false);
        acknowledged();
        if (does(Point.MEMORY)) {
            return false;
        }
        pages(to, true);
        if (does(Point.FINAL)) {
            return false;
        }
        to.send(new DataMessage.SectionEnd(Section.FINAL, 0));
        return true;
    }

    private void pages(Data to, boolean last) {
        to.send(new DataMessage.Pages(
                new PageRun(PROCESS, 4096, 1, PageContent.PRESENT_LAZY), ByteBuffer.allocate(4096)));
        to.send(new DataMessage.PagesEnd(1, last));
    }

    private void acknowledged() {
        control.control().await(ControlMessage.Received.class, LONG);
    }

    private boolean does(Point here) {
        if (here != point) {
            return false;
        }
        switch (deed) {
            case CLOSES -> close();
            case STAYS_SILENT -> {}
            case TALKS_NONSENSE -> talkNonsense();
            case GIVES_UP -> {
                control.control().send(new ControlMessage.Failed("no more time", List.of()));
                closeData();
            }
        }
        return true;
    }

    /** On the connection that is listened to at this point. */
    private void talkNonsense() {
        switch (point) {
            case ROOTFS, ROUND, MEMORY, FINAL -> data.data().send(new DataMessage.PagesEnd(4711, false));
            case JOIN -> {
                data = link.connect(Role.DATA);
                data.control().send(new ControlMessage.Join(id, "guessed"));
                data.control().await(ControlMessage.Refused.class, LONG);
                close(); // a wrong guess changes nothing for the migration itself
            }
            case GO, GONE -> control.control().send(new ControlMessage.Joined(0));
        }
    }

    /** What the destination says at its end, if anything. */
    Optional<Failure> lastWords() {
        return control.control().lastWords(LONG);
    }

    private void closeData() {
        if (data != null) {
            data.close();
        }
    }

    @Override
    public void close() {
        closeData();
        control.close();
    }
}
