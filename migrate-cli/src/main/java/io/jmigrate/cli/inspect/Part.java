package io.jmigrate.cli.inspect;

/** What can be asked for beside the summary. */
public enum Part {
    PS_TREE("The processes, with their children."),
    FILES("What each process has open."),
    SOCKETS("The sockets that processes have open: families, states and addresses."),
    MOUNTS("The mounts of the container."),
    MEMORY("The mappings of each process in bytes by kind, and its pages."),
    STATS("How the dump went: times and pages.");

    private final String description;

    Part(String description) {
        this.description = description;
    }

    /** For the help. */
    public String description() {
        return description;
    }
}
