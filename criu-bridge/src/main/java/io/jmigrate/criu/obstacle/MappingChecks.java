package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.obstacle.ProcessParts.Mapping;
import io.jmigrate.runtime.linux.DeviceNumber;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks of files in the memory of processes (criu/proc_parse.c, handle_vma). */
final class MappingChecks {
    private static final DeviceNumber ZERO = new DeviceNumber(1, 5);

    private MappingChecks() {}

    /** What is in memory and no file. */
    static Stream<String> objects(ContainerView view) {
        return each(
                view,
                mapping -> !mapping.file().isRegular()
                        && !(mapping.file().isCharacterDevice()
                                && mapping.file().device().equals(ZERO)),
                (process, mapping) -> process.inSentence() + " has " + FileChecks.title(mapping.target())
                        + " in its memory (mmap(2)), of which CRIU dumps files alone");
    }

    static Stream<String> hostFiles(ContainerView view) {
        return each(
                view,
                mapping -> mapping.file().isRegular() && view.isOutside(mapping.file()),
                (process, mapping) ->
                        process.inSentence() + " has " + mapping.target() + " of the host in its memory (mmap(2))");
    }

    static Stream<String> largeDeleted(ContainerView view) {
        return each(
                view,
                mapping -> mapping.file().isRegular() && view.isTooLarge(mapping.file()),
                (process, mapping) ->
                        process.inSentence() + " has " + FileChecks.sized(mapping.target(), mapping.file())
                                + " in its memory (mmap(2)), " + view.limit());
    }

    private interface Sentence {
        String of(TreeProcess process, Mapping mapping);
    }

    private static Stream<String> each(ContainerView view, Predicate<Mapping> which, Sentence sentence) {
        return view.processes().stream().flatMap(process -> process.parts().mappings().stream()
                .filter(which)
                .map(mapping -> sentence.of(process, mapping)));
    }
}
