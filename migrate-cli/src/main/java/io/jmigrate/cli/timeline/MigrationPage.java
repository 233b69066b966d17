package io.jmigrate.cli.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.cli.html.Markup;
import io.jmigrate.cli.html.Page;
import io.jmigrate.cli.output.ByteSize;
import io.jmigrate.cli.output.FaultsText;
import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.cli.output.Milliseconds;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.Span;
import java.util.List;
import java.util.Map;

/** What a node knows of a migration as one HTML page that needs nothing else. */
public final class MigrationPage {
    private static final long PAGE_BYTES = 4096;
    private static final double NANOS_A_SECOND = 1e9;
    /** Of a table: more is nothing to look at in a browser. */
    private static final int ROUNDS_MAX = 500;

    private final Markup page;

    private MigrationPage(String container) {
        this.page = Page.begin("Migration of " + container, StepColours.RULES);
    }

    /** The document. @param entries of both ends, as far as this node was one, of one migration or a group; at least one */
    public static String of(List<JournalEntry> entries) {
        List<String> containers = entries.stream()
                .map(entry -> entry.entry().container())
                .distinct()
                .toList();
        MigrationPage page = new MigrationPage(String.join(", ", containers));
        entries.forEach(entry -> page.end(entry, containers.size() > 1));
        return page.page.end().end().document();
    }

    private void end(JournalEntry entry, boolean named) {
        String place = "At the " + entry.entry().side();
        page.text("h2", named ? entry.entry().container() + ": " + place : place);
        page.begin("dl");
        for (Map.Entry<String, JsonNode> fact : entry.facts().properties()) {
            fact(fact.getKey().replace('_', ' '), fact.getValue().asText());
        }
        entry.entry().report().ifPresent(this::totals);
        page.end();
        entry.entry()
                .report()
                .ifPresentOrElse(this::report, () -> page.text("p", "Nothing was measured.", "class", "rest"));
    }

    private void fact(String title, String value) {
        page.text("dt", title).text("dd", value);
    }

    private void totals(MigrationReport report) {
        fact("total", Milliseconds.inWords(report.totalNanos()));
        report.downtime().map(Downtime::totalNanos).ifPresent(nanos -> fact("downtime", Milliseconds.inWords(nanos)));
        report.tracker().ifPresent(tracker -> fact("tracker", tracker.word()));
        report.faults().ifPresent(faults -> fact("waits", FaultsText.of(faults)));
    }

    private void report(MigrationReport report) {
        page.text("h3", "From its beginning to its end");
        new Timeline(page, 0, report.totalNanos())
                .draw(report.spans(), report.rounds().stream().limit(ROUNDS_MAX).toList());
        List<Span> still = report.spans().stream()
                .filter(span -> span.step().standsStill())
                .toList();
        if (report.downtime().isPresent()) {
            page.text("h3", "While the container stood still");
            long from = still.getFirst().fromNanos();
            Span last = still.getLast();
            new Timeline(page, from, last.fromNanos() + last.nanos() - from).draw(still, List.of());
        }
        steps(report);
        rounds(report.rounds());
        bytes(report.bytes());
    }

    private void steps(MigrationReport report) {
        page.text("h3", "Steps");
        Page.beginTable(page, "", "step", "what happens", "from", "time");
        for (Span span : report.spans()) {
            page.begin("tr").begin("td");
            page.begin("svg", "class", "key", "viewBox", "0 0 1 1", "aria-hidden", "true");
            page.empty("rect", "class", span.step().word(), "width", "1", "height", "1");
            page.end().end();
            page.text("td", span.step().word()).text("td", StepColours.sentence(span.step()));
            number(Milliseconds.inWords(span.fromNanos()));
            number(Milliseconds.inWords(span.nanos()));
            page.end();
        }
        Page.endTable(page);
    }

    private void rounds(List<CopyRound> rounds) {
        if (rounds.isEmpty()) {
            return;
        }
        page.text("h3", "Rounds of copying memory while the container ran");
        Page.beginTable(page, "round", "from", "time", "written", "sent", "a second");
        for (CopyRound round : rounds.stream().limit(ROUNDS_MAX).toList()) {
            page.begin("tr");
            number(Integer.toString(round.number()));
            number(Milliseconds.inWords(round.fromNanos()));
            number(Milliseconds.inWords(round.nanos()));
            number(ByteSize.inWords(round.writtenBytes()));
            number(ByteSize.inWords(round.sentBytes()));
            number(ByteSize.inWords((long) (round.sentBytes() * NANOS_A_SECOND / Math.max(1, round.nanos()))));
            page.end();
        }
        Page.endTable(page);
    }

    private void bytes(BytesMoved bytes) {
        page.text("h3", "Bytes");
        Page.beginTable(page, "kind", "bytes");
        row("memory", bytes.memory());
        row("zeros, of which only the place was sent", bytes.zeros());
        row("of memory, shared by processes: ahead", bytes.shared().ahead());
        row("of memory, shared by processes: in the end", bytes.shared().last());
        row("images", bytes.images());
        row("root filesystem, files sent whole", bytes.rootfs().wholeBytes());
        row("root filesystem, blocks that had changed", bytes.rootfs().blockBytes());
        row("sent", bytes.total());
        Page.endTable(page);
        bytes.pages().ifPresent(this::pages);
    }

    private void pages(PagesMoved pages) {
        Page.beginTable(page, "pages that went", "pages", "bytes before", "bytes sent");
        pages("as they are", pages.raw(), pages.raw() * PAGE_BYTES, pages.raw() * PAGE_BYTES);
        pages("compressed", pages.compressed(), pages.uncompressedBytes(), pages.compressedBytes());
        pages("known there", pages.known(), pages.known() * PAGE_BYTES, 0);
        pages("kept there", pages.kept(), pages.kept() * PAGE_BYTES, 0);
        pages("zero", pages.zero(), pages.zeroBytes(), 0);
        Page.endTable(page);
    }

    private void pages(String kind, long pages, long before, long sent) {
        page.begin("tr").text("td", kind);
        number(Long.toString(pages));
        number(ByteSize.inWords(before));
        number(ByteSize.inWords(sent));
        page.end();
    }

    private void row(String kind, long bytes) {
        page.begin("tr").text("td", kind);
        number(ByteSize.inWords(bytes));
        page.end();
    }

    private void number(String text) {
        page.text("td", text, "class", "number");
    }
}
