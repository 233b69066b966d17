package io.jmigrate.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page about a migration: always well-formed, to scale, and nothing in it but what the program put there. */
class MigrationPageTest {
    private static final long MILLI = 1_000_000;

    private static SourceRecord entry(String name) {
        Instant then = Instant.parse("2026-01-02T03:04:05Z");
        return new SourceRecord(
                new MigrationId("0123456789abcdef0123456789abcdef"),
                name,
                name,
                false,
                new ProcessRef(1, 1),
                Optional.empty(),
                new SourceState.Completed(),
                then,
                then);
    }

    private static MigrationReport report() {
        return new MigrationReport(
                Optional.of(TrackerKind.UFFD),
                1000 * MILLI,
                List.of(
                        new Span(Step.PRE_COPY, 0, 800 * MILLI),
                        new Span(Step.FREEZE, 800 * MILLI, 50 * MILLI),
                        new Span(Step.RESTORE, 850 * MILLI, 50 * MILLI),
                        new Span(Step.CLEAN_UP, 900 * MILLI, 100 * MILLI)),
                List.of(new CopyRound(1, 100 * MILLI, 500 * MILLI, 64 << 20, 32 << 20)),
                new BytesMoved(32 << 20, 32 << 20, 2048, FilesMoved.NONE, new SharedBytes(1 << 19, 4096)));
    }

    private static String page(SourceRecord entry) {
        return MigrationPage.of(List.of(new JournalEntry(entry, false)));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    @Property(tries = 200)
    void isWellFormedAndOfTheSameElementsWhateverThingsAreCalled(@ForAll String name) throws Exception {
        assertThat(names(page(entry(name).reporting(report()))))
                .isEqualTo(names(page(entry("x").reporting(report()))));
    }

    private static List<String> names(String page) throws Exception {
        NodeList elements = parsed(page).getElementsByTagName("*");
        return IntStream.range(0, elements.getLength())
                .mapToObj(index -> elements.item(index).getNodeName())
                .toList();
    }

    @Example
    void loadsNothingAndRunsNothing() {
        assertThat(page(entry("<script src=//evil></script>\" onload=\"x").reporting(report())))
                .contains("default-src &#39;none&#39;", "&lt;script src=//evil&gt;")
                .doesNotContain("<script", "<img", "<link", "url(", "@import", "href=", "\" onload");
    }

    @Example
    void drawsStepsAndRoundsToScale() {
        assertThat(page(entry("web").reporting(report())))
                .contains(
                        "<h1>Migration of web</h1>",
                        "<dt>downtime</dt><dd>100 ms</dd>",
                        "<dt>tracker</dt><dd>uffd</dd>")
                .contains("<rect class=\"pre-copy\" x=\"0.00\" y=\"2\" width=\"800.00\" height=\"30.00\">")
                .contains("<rect class=\"round\" x=\"100.00\" y=\"36\" width=\"500.00\" height=\"30.00\">")
                .contains("<title>round 1, 32 MiB sent: 500 ms</title>")
                .contains("<h3>While the container stood still</h3>")
                .contains("<rect class=\"freeze\" x=\"800.00\" y=\"2\" width=\"50.00\" height=\"30.00\">")
                .contains("<rect class=\"freeze\" x=\"0.00\" y=\"2\" width=\"500.00\" height=\"30.00\">")
                .contains("<td>images</td><td class=\"number\">2.0 KiB</td>");
    }

    @Example
    void tellsHowLongProgramsWaitedForMemoryThatFollowed() {
        MigrationReport report = report().waitedFor(new FaultLatency(12, 2 * MILLI, 9 * MILLI, 31 * MILLI));
        assertThat(page(entry("web").reporting(report)))
                .contains("<dt>waits</dt><dd>12 for memory that followed: half 2.0 ms at most, 99 % 9.0 ms");
    }

    @Example
    void hasNoPictureOfAStandstillThatNeverCame() {
        MigrationReport preflight = new MigrationReport(
                Optional.empty(),
                0,
                List.of(new Span(Step.PREFLIGHT, 0, 0)),
                List.of(),
                new BytesMoved(0, 0, 0, FilesMoved.NONE, SharedBytes.NONE));
        assertThat(page(entry("web").reporting(preflight)))
                .contains("class=\"preflight\"")
                .doesNotContain("stood still");
    }

    @Example
    void saysThatAnOlderVersionMeasuredNothing() {
        assertThat(page(entry("web"))).contains("Nothing was measured.").doesNotContain("<svg");
    }

    @Example
    void showsSoManyRoundsAsAPageCanHold() {
        List<CopyRound> many = new ArrayList<>();
        for (int number = 1; number <= 5000; number++) {
            many.add(new CopyRound(number, number, 1, 1, 1));
        }
        MigrationReport report = new MigrationReport(
                Optional.empty(), 6000, List.of(), many, new BytesMoved(0, 0, 0, FilesMoved.NONE, SharedBytes.NONE));
        assertThat(page(entry("web").reporting(report))).hasSizeLessThan(400_000);
    }
}
