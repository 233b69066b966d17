package io.jmigrate.runtime.json;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, in the order in which it was found. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void invalid(String path, String message) {
        found.add(Problem.invalid(path, message));
    }

    public void unsupported(String path, String message) {
        found.add(Problem.unsupported(path, message));
    }

    public void addAll(List<Problem> problems) {
        found.addAll(problems);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> list() {
        return List.copyOf(found);
    }
}
