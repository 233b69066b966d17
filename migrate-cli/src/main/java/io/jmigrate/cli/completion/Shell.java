package io.jmigrate.cli.completion;

import picocli.AutoComplete;
import picocli.CommandLine;

/** The shells that completions are written for. */
public enum Shell {
    bash("jmigrate.bash"),
    zsh("_jmigrate");

    private final String fileName;

    Shell(String fileName) {
        this.fileName = fileName;
    }

    /** Where completions of this shell are looked for. */
    public String fileName() {
        return fileName;
    }

    /** The script that the shell reads. */
    public String completion(CommandLine grammar) {
        String script = AutoComplete.bash("jmigrate", grammar);
        return switch (this) {
            case bash -> script;
            case zsh -> "#compdef jmigrate\nautoload -U +X bashcompinit && bashcompinit\n" + script;
        };
    }
}
