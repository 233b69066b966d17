package io.jmigrate.migration.engine;

import io.jmigrate.Patience;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A destination that keeps to the protocol up to one point, and then does something else. */
final class ScriptedDestination implements MemoryLink.Listener {
    private static final Duration LONG = Patience.LIMIT;

    /** What it has just got. */
    enum Point {
        OFFER,
        JOIN,
        ROOTFS,
        ROUND,
        FINAL,
        GO
    }

    /** What it does in place of the answer. */
    enum Deed {
        CLOSES,
        STAYS_SILENT,
        SAYS_SOMETHING_ELSE,
        SENDS_GARBAGE,
        GIVES_UP
    }

    private final Point point;
    private final Deed deed;
    private final Optional<String> verdict;
    private final Runnable atPoint;
    private final BlockingQueue<Point> arrived = new LinkedBlockingQueue<>();
    private volatile Optional<ControlMessage.Failed> told = Optional.empty();
    private volatile int asked;
    private volatile boolean reached;

    /**
     * @param verdict what it says when it is asked what became of the migration; if absent it does not answer
     * @param atPoint is called at the point
     */
    ScriptedDestination(Point point, Deed deed, Optional<String> verdict, Runnable atPoint) {
        this.point = point;
        this.deed = deed;
        this.verdict = verdict;
        this.atPoint = atPoint;
    }

    static ScriptedDestination that(Point point, Deed deed) {
        return new ScriptedDestination(point, deed, Optional.empty(), () -> {});
    }

    /** What the source said at its end. */
    Optional<ControlMessage.Failed> told() {
        return told;
    }

    /** How often it was asked. */
    int asked() {
        return asked;
    }

    /** Whether the source has come to the point. */
    boolean reached() {
        return reached;
    }

    @Override
    public void serve(LocalChannel end, Role role) {
        switch (role) {
            case CONTROL -> control(end);
            case DATA -> data(end);
            case RECOVER -> recover(end.control());
            case PAIR -> throw new AssertionError("nobody pairs here");
        }
    }

    private void recover(Control control) {
        control.await(ControlMessage.Question.class, LONG);
        asked++;
        verdict.ifPresent(word -> control.send(new ControlMessage.Answer(word)));
    }

    private void control(LocalChannel end) {
        Control control = end.control();
        control.await(ControlMessage.Offer.class, LONG);
        if (answers(Point.OFFER, end, new ControlMessage.Accepted("secret"))
                && answersWhenItHasCome(Point.ROOTFS, end, new ControlMessage.Received(Section.ROOTFS))
                && answersWhenItHasCome(Point.ROUND, end, new ControlMessage.Received(Section.ROUND))
                && answersWhenItHasCome(Point.FINAL, end, new ControlMessage.Held(1, 1))) {
            control.await(ControlMessage.Go.class, LONG);
            answers(Point.GO, end, new ControlMessage.Running());
        }
        hearTheEnd(control);
    }

    private void hearTheEnd(Control control) {
        try {
            if (control.receive(LONG) instanceof ControlMessage.Failed failed) {
                told = Optional.of(failed);
            }
        } catch (Failure e) {
            // it left without a word
        }
    }

    private boolean answersWhenItHasCome(Point next, LocalChannel end, ControlMessage answer) {
        try {
            Point came = arrived.take();
            while (came == Point.ROUND && next == Point.FINAL) { // on a busy machine there are more rounds than one
                end.control().send(new ControlMessage.Received(Section.ROUND));
                came = arrived.take();
            }
            if (came != next) {
                throw new AssertionError("not in order");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return answers(next, end, answer);
    }

    private boolean answers(Point here, LocalChannel end, ControlMessage answer) {
        if (here != point) {
            end.control().send(answer);
            return true;
        }
        reached = true;
        atPoint.run();
        switch (deed) {
            case CLOSES -> end.close();
            case STAYS_SILENT -> {}
            case SAYS_SOMETHING_ELSE -> end.control().send(new ControlMessage.PairAnswer("who", "what"));
            case SENDS_GARBAGE -> end.sendGarbage();
            case GIVES_UP -> end.control().send(new ControlMessage.Failed("no more room", List.of("on /srv")));
        }
        return false;
    }

    private void data(LocalChannel end) {
        end.control().await(ControlMessage.Join.class, LONG);
        if (!answers(Point.JOIN, end, new ControlMessage.Joined(0))) {
            hearTheEnd(end.control());
            return;
        }
        try (Data data = end.data()) {
            while (true) {
                switch (data.receive(LONG)) {
                    case DataMessage.PagesEnd m when !m.last() -> arrived.add(Point.ROUND);
                    case DataMessage.SectionEnd m ->
                        arrived.add(m.section() == Section.FINAL ? Point.FINAL : Point.ROOTFS);
                    default -> {}
                }
            }
        } catch (Failure e) {
            // the source has closed it
        }
    }
}
