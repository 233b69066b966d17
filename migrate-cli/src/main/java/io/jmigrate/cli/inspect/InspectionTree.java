package io.jmigrate.cli.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An inspection as a tree: the summary, the processes with what belongs to each, and the rest. */
final class InspectionTree {
    private final Inspection inspection;
    private final Branch root;
    private final Map<Integer, Branch> processes = new HashMap<>();

    InspectionTree(Inspection inspection) {
        this.inspection = inspection;
        root = Branch.root(inspection.facts().path(Facts.SUBJECT).asText());
    }

    List<String> lines() {
        inspection.facts().properties().stream()
                .filter(fact -> !fact.getKey().equals(Facts.SUBJECT))
                .forEach(fact -> root.add(
                        Section.words(fact.getKey()) + ": " + fact.getValue().asText()));
        if (inspection.sections().stream().anyMatch(InspectionTree::isOfProcesses)) {
            processes.putAll(inspection.hang(root.add(Sections.PROCESSES)));
        }
        inspection.sections().stream()
                .filter(section -> !section.key().equals(Sections.PROCESSES))
                .forEach(this::addSection);
        return root.lines();
    }

    private static boolean isOfProcesses(Section section) {
        return section.rows().stream().anyMatch(row -> row.pid().isPresent());
    }

    private void addSection(Section section) {
        Map<Integer, Branch> places = new HashMap<>();
        Branch common = isOfProcesses(section) ? root : root.add(section.title());
        for (Row row : section.rows()) {
            Branch place = row.pid().isEmpty()
                    ? common
                    : places.computeIfAbsent(
                            row.pid().getAsInt(), pid -> processes.get(pid).add(section.title()));
            place.add(row.line());
        }
    }
}
