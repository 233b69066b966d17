package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.cli.html.Markup;
import io.jmigrate.cli.html.Page;
import io.jmigrate.criu.memory.SurveyedMapping;
import io.jmigrate.runtime.json.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An inspection as one HTML page that needs nothing else: no script, no font, no picture from anywhere. */
public final class InspectionPage {
    /** Of a table: more is nothing to look at in a browser. */
    private static final int ROWS_MAX = 2000;

    private final Inspection inspection;
    private final List<SurveyedMapping> memory;
    private final Markup page;

    private InspectionPage(Inspection inspection, List<SurveyedMapping> memory) {
        this.inspection = inspection;
        this.memory = memory;
        String subject = inspection.facts().path(Facts.SUBJECT).asText();
        this.page = Page.begin("Checkpoint " + Printable.text(subject), PageStyle.RULES);
    }

    /** The document. */
    public static String of(Inspection inspection, List<SurveyedMapping> memory) {
        return new InspectionPage(inspection, memory).document();
    }

    private String document() {
        facts();
        processes();
        new MemoryPictures(page, memory, commands()).draw();
        inspection.sections().stream()
                .filter(section -> !section.key().equals(Sections.PROCESSES))
                .forEach(this::section);
        page.end().end();
        return page.document();
    }

    private void facts() {
        page.begin("dl");
        for (Map.Entry<String, JsonNode> fact : inspection.facts().properties()) {
            page.text("dt", Section.words(fact.getKey()))
                    .text("dd", Printable.text(fact.getValue().asText()));
        }
        page.end();
    }

    private void processes() {
        Branch root = Branch.root("");
        inspection.hang(root);
        page.text("h2", "Processes").begin("pre");
        root.lines().stream().skip(1).limit(ROWS_MAX).forEach(line -> page.text(line + "\n"));
        page.end();
        rest(inspection.processes().rows().size());
    }

    private Map<Integer, String> commands() {
        Map<Integer, String> commands = new HashMap<>();
        for (Row row : inspection.processes().rows()) {
            commands.put(row.pid().orElseThrow(), Printable.text(row.line()));
        }
        return commands;
    }

    private void section(Section section) {
        page.text("h2", capital(section.title()));
        Page.beginTable(page, section.columns().stream().map(Section::words).toArray(String[]::new));
        for (Row row : section.rows().stream().limit(ROWS_MAX).toList()) {
            page.begin("tr");
            for (String column : section.columns()) {
                JsonNode value = row.fields().path(column);
                page.text("td", Printable.text(value.asText()), "class", value.isNumber() ? "number" : "text");
            }
            page.end();
        }
        Page.endTable(page);
        rest(section.rows().size());
    }

    private void rest(int rows) {
        if (rows > ROWS_MAX) {
            page.text(
                    "p", (rows - ROWS_MAX) + " more are not shown; inspect --format json lists all.", "class", "rest");
        }
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
