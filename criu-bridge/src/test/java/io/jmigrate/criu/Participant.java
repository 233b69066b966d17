package io.jmigrate.criu;

import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that takes part in a dump or a restore of this JVM's. */
enum Participant {
    /** The one that was asked; it makes others, which look the same. */
    CRIU("swrk", false),
    /** Brings memory: the guard's child. */
    FILLER("jmigrate-fill", true),
    /** Guards the filler. */
    GUARD("jmigrate-fill", false);

    private final String word;
    private final boolean second;

    Participant(String word, boolean second) {
        this.word = word;
        this.second = second;
    }

    Optional<ProcessHandle> find() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> isCalled(process, word) && hasParentCalledSo(process) == second)
                .findFirst();
    }

    private boolean hasParentCalledSo(ProcessHandle process) {
        return process.parent().filter(parent -> isCalled(parent, word)).isPresent();
    }

    private static boolean isCalled(ProcessHandle process, String word) {
        return commandLine(process).stream().anyMatch(each -> each.endsWith(word));
    }

    private static List<String> commandLine(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .split("\0"));
        } catch (IOException e) {
            return List.of(); // it has ended meanwhile
        }
    }

    /** Whether it was there. */
    boolean signal(Signal signal) {
        return find().map(process -> {
                    Processes.kill((int) process.pid(), signal);
                    return true;
                })
                .orElse(false);
    }
}
