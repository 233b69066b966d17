package io.jmigrate.cli.inspect;

import io.jmigrate.runtime.json.Printable;
import java.util.ArrayList;
import java.util.List;

/** A line of a tree, and those below it. */
final class Branch {
    /** Deeper ones are drawn beside their parents: a chain of processes of unknown origin may be of any length. */
    static final int DEPTH_MAX = 40;

    private final String text;
    private final int depth;
    private final Branch parent;
    private final List<Branch> below = new ArrayList<>();

    private Branch(String text, Branch parent) {
        this.text = Printable.text(text);
        this.parent = parent;
        depth = parent == null ? 0 : parent.depth + 1;
    }

    static Branch root(String text) {
        return new Branch(text, null);
    }

    /** Adds a line below this one, of any characters. */
    Branch add(String line) {
        if (depth == DEPTH_MAX) {
            return parent.add(line);
        }
        Branch child = new Branch(line, this);
        below.add(child);
        return child;
    }

    /** The line and all below it, drawn. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(text));
        draw("", lines);
        return lines;
    }

    private void draw(String indent, List<String> lines) {
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            lines.add(indent + (last ? "└── " : "├── ") + below.get(i).text);
            below.get(i).draw(indent + (last ? "    " : "│   "), lines);
        }
    }
}
