package io.jmigrate.cli.inspect;

import io.jmigrate.cli.html.Markup;
import io.jmigrate.cli.html.Page;
import io.jmigrate.cli.output.ByteSize;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.memory.MemoryPass;
import io.jmigrate.criu.memory.PageState;
import io.jmigrate.criu.memory.SurveyedMapping;
import io.jmigrate.runtime.json.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Draws the memory of each process: a row for each mapping, with a strip that shows where in it which pages are. */
final class MemoryPictures {
    private static final int PROCESSES_MAX = 64;
    private static final int MAPPINGS_MAX = 300;

    private final Markup page;
    private final List<SurveyedMapping> memory;
    private final Map<Integer, String> commands;

    /** @param commands what each process is called, by its id */
    MemoryPictures(Markup page, List<SurveyedMapping> memory, Map<Integer, String> commands) {
        this.page = page;
        this.memory = memory;
        this.commands = commands;
    }

    void draw() {
        page.text("h2", "Memory");
        legend();
        SequencedMap<Integer, List<SurveyedMapping>> processes = memory.stream()
                .collect(Collectors.groupingBy(
                        surveyed -> surveyed.mapping().pid(), java.util.LinkedHashMap::new, Collectors.toList()));
        processes.entrySet().stream()
                .limit(PROCESSES_MAX)
                .forEach(process -> process(process.getKey(), process.getValue()));
        if (processes.size() > PROCESSES_MAX) {
            page.text("p", (processes.size() - PROCESSES_MAX) + " more processes are not shown.", "class", "rest");
        }
    }

    private void legend() {
        page.begin("p", "class", "legend");
        for (PageState state : PageState.values()) {
            page.begin("span", "class", "key");
            page.begin("svg", "viewBox", "0 0 1 1", "aria-hidden", "true");
            cell(0, 1, state);
            page.end().text(" " + word(state)).end().text(" ");
        }
        page.end();
    }

    private static String word(PageState state) {
        return switch (state) {
            case DATA -> "stored";
            case DUPLICATE -> "stored, same as an earlier page";
            case ZERO -> "stored, zeros";
            case ELSEWHERE -> "not in the images";
        };
    }

    private void process(int pid, List<SurveyedMapping> mappings) {
        long stored = mappings.stream().mapToLong(SurveyedMapping::storedBytes).sum();
        page.text("h3", commands.getOrDefault(pid, "[" + pid + "]"));
        page.text("p", mappings.size() + " mappings, " + bytes(stored) + " stored");
        Page.beginTable(
                page, "address", "pages from start to end", "mapping", "size", "stored", "zero", "same", "zstd", "may");
        shown(mappings).forEach(this::row);
        Page.endTable(page);
        if (mappings.size() > MAPPINGS_MAX) {
            page.text("p", (mappings.size() - MAPPINGS_MAX) + " smaller ones are not shown.", "class", "rest");
        }
    }

    /** Those with most in the images, then the largest; in the order of their addresses. */
    private static List<SurveyedMapping> shown(List<SurveyedMapping> mappings) {
        return mappings.stream()
                .sorted(Comparator.comparingLong(SurveyedMapping::storedBytes)
                        .thenComparingLong(surveyed -> surveyed.mapping().bytes())
                        .reversed())
                .limit(MAPPINGS_MAX)
                .sorted((one, other) -> Long.compareUnsigned(
                        one.mapping().start(), other.mapping().start()))
                .toList();
    }

    private void row(SurveyedMapping surveyed) {
        ImagedMapping mapping = surveyed.mapping();
        page.begin("tr");
        page.text("td", Long.toHexString(mapping.start()), "class", "address");
        page.begin("td", "class", "strip");
        strip(surveyed);
        page.end();
        page.text("td", Printable.text(mapping.name()), "class", "text");
        number(bytes(mapping.bytes()));
        number(bytes(surveyed.storedBytes()));
        number(share(surveyed.pages(PageState.ZERO), surveyed));
        number(share(surveyed.pages(PageState.DUPLICATE), surveyed));
        number(ratio(surveyed));
        page.text("td", mapping.protection(), "class", "address");
        page.end();
    }

    private void number(String text) {
        page.text("td", text, "class", "number");
    }

    private void strip(SurveyedMapping surveyed) {
        List<Optional<PageState>> cells = surveyed.cells();
        if (cells.isEmpty()) {
            return;
        }
        page.begin(
                "svg",
                "viewBox",
                "0 0 " + cells.size() + " 1",
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                bytes(surveyed.storedBytes()) + " of "
                        + bytes(surveyed.mapping().bytes()) + " stored");
        for (int from = 0; from < cells.size(); ) {
            int to = from + 1;
            while (to < cells.size() && cells.get(to).equals(cells.get(from))) {
                to++;
            }
            int start = from;
            int end = to;
            cells.get(from).ifPresent(state -> cell(start, end - start, state));
            from = to;
        }
        page.end();
    }

    private void cell(int from, int length, PageState state) {
        page.empty(
                "rect",
                "class",
                state.name().toLowerCase(Locale.ROOT),
                "x",
                Integer.toString(from),
                "width",
                Integer.toString(length),
                "height",
                "1");
    }

    /** Of the stored pages. */
    private static String share(long pages, SurveyedMapping surveyed) {
        long stored = surveyed.storedBytes() / MemoryPass.PAGE_BYTES;
        return pages == 0 ? "" : Math.round(100.0 * pages / stored) + " %";
    }

    /** How many times smaller the sample became, page by page. */
    private static String ratio(SurveyedMapping surveyed) {
        return surveyed.sampledBytes() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.1f×",
                        (double) surveyed.sampledBytes() / Math.max(surveyed.compressedBytes(), 1));
    }

    private static String bytes(long bytes) {
        return bytes == 0 ? "" : ByteSize.inWords(bytes);
    }
}
