package io.jmigrate.cli.verb;

/** The commands about the memory in a checkpoint. */
public final class MemoryVerb {
    private MemoryVerb() {}

    public static Verb group() {
        return new VerbGroup("memory", "Look into the memory of a checkpoint.")
                .with("search", new MemorySearchVerb())
                .with("dump", new MemoryDumpVerb());
    }
}
