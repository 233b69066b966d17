package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Fd;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the runtime has to do while a process is made; the process waits, or goes on only so far that it needs it. */
public interface Interludes {
    /** Takes the master of the process's terminal, which stays open during the call. */
    void terminal(Fd master);

    /** Takes the descriptor that the process's system calls are handed to by its filter, which stays open during the call. */
    void listener(Child process, Fd descriptor);

    /** Runs the runtime's hooks, while the process waits in its namespaces. */
    void hooks(Child process);

    /** For plans that ask nothing of the runtime. */
    static Interludes none() {
        return of(_ -> {}, (_, _) -> {});
    }

    /** Without hooks. @param terminal takes the master @param listener takes the process and the descriptor for its system calls */
    static Interludes of(Consumer<Fd> terminal, BiConsumer<Child, Fd> listener) {
        return of(terminal, listener, _ -> {
            throw new IllegalStateException("the native init waits for hooks that were not asked for");
        });
    }

    /** The same. @param hooks runs them for the process */
    static Interludes of(Consumer<Fd> terminal, BiConsumer<Child, Fd> listener, Consumer<Child> hooks) {
        return new Interludes() {
            @Override
            public void terminal(Fd master) {
                terminal.accept(master);
            }

            @Override
            public void listener(Child process, Fd descriptor) {
                listener.accept(process, descriptor);
            }

            @Override
            public void hooks(Child process) {
                hooks.accept(process);
            }
        };
    }
}
