package io.jmigrate.cli.report;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** What a command says to the person who looks on. While rows are drawn on the terminal each line goes above them. */
public final class Notices {
    private volatile Consumer<String> lines;

    /** @param err the caller's standard error */
    public Notices(PrintStream err) {
        this.lines = err::println;
    }

    /** From now on lines go this way. @param display takes lines as long as the command runs */
    public void through(Consumer<String> display) {
        lines = display;
    }

    /** Says one line. */
    public void line(String text) {
        lines.accept(text);
    }

    /** Says these one after the other. */
    public void lines(List<String> texts) {
        texts.forEach(this::line);
    }
}
