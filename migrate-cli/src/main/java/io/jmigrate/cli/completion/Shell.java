package io.jmigrate.cli.completion;

import io.jmigrate.cli.option.Choice;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The shells that completions are written for. */
public enum Shell {
    BASH("jmigrate.bash");

    private final String fileName;

    Shell(String fileName) {
        this.fileName = fileName;
    }

    /** @throws IllegalArgumentException that names the shells */
    public static Shell of(String text) {
        return Choice.of(Shell.class, text);
    }

    /** Where completions of this shell are looked for. */
    public String fileName() {
        return fileName;
    }

    /** The script that the shell reads. */
    public String completion(CommandLine grammar) {
        return AutoComplete.bash("jmigrate", grammar);
    }
}
