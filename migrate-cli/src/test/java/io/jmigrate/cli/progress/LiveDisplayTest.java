package io.jmigrate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.report.CommandLog;
import io.jmigrate.cli.report.Notices;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.report.Phase;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private static final String ERASE_TWO = "\033[2A\r\033[J";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    private final AtomicInteger columns = new AtomicInteger(100);
    private final LiveDisplay display =
            new LiveDisplay(new Screen(err, err, Optional.of(columns::get), true), columns::get);

    private ProgressListener begin(String container) {
        ProgressListener listener = display.next();
        listener.happened(new ProgressEvent.Started(MigrationId.random(), container, "b:7070"));
        return listener;
    }

    private String shownSince() {
        String text = shown.toString(StandardCharsets.UTF_8);
        shown.reset();
        return text;
    }

    @Test
    void drawsARowForEachThatIsUnderWay() {
        begin("one");
        assertThat(shownSince()).startsWith("\033[1mCONTAINER").contains("\033[0m\none ");
        ProgressListener second = begin("two");
        assertThat(shownSince()).startsWith(ERASE_TWO).contains("\none ", "\ntwo ");
        second.happened(new ProgressEvent.Ended(Place.SOURCE, "no"));
        assertThat(shownSince())
                .startsWith("\033[3A\r\033[J")
                .contains("\none ")
                .doesNotContain("two");
    }

    @Test
    void leavesNothingInTheEnd() {
        begin("one");
        shownSince();
        display.close();
        assertThat(shownSince()).isEqualTo(ERASE_TWO);
        display.resized();
        assertThat(shownSince()).isEmpty();
    }

    @Test
    void saysALineAboveTheRows() {
        begin("one");
        shownSince();
        display.say("too late");
        assertThat(shownSince()).startsWith(ERASE_TWO + "too late\n\033[1mCONTAINER");
    }

    /** A warning that a row was drawn over would never have been seen. */
    @Test
    void leavesRoomForWhatTheCommandWarnsOf() {
        Notices notices = new Notices(err);
        notices.through(display::say);
        begin("one");
        shownSince();
        new CommandLog(notices, Optional.empty()).warning("its cgroup stays");
        assertThat(shownSince()).startsWith(ERASE_TWO + "jmigrate: warning: its cgroup stays\n\033[1mCONTAINER");
    }

    @Test
    void erasesWhatANarrowerWindowHasWrapped() {
        begin("one").happened(new ProgressEvent.PhaseEntered(Phase.FROZEN));
        shownSince();
        columns.set(40);
        display.resized();
        assertThat(shownSince()).startsWith("\033[4A\r\033[J");
    }

    @Test
    void drawsForAWindowOfUnknownWidth() {
        columns.set(0);
        begin("one");
        assertThat(shownSince().lines()).allMatch(line -> line.length() < 90);
    }
}
