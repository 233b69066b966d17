package io.jmigrate.runtime.launch;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the words of a command line of this program without parsing it. */
public final class OwnCommandLine {
    private static final Set<String> GLOBAL_OPTIONS_WITH_VALUE =
            Set.of("--root", "--log", "--log-format", "--rootless");

    private OwnCommandLine() {}

    /** The first word that is neither a global option nor the value of one. */
    public static Optional<String> verb(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                return Optional.of(word);
            }
            if (GLOBAL_OPTIONS_WITH_VALUE.contains(word.startsWith("--") ? word : "-" + word)) {
                i++;
            }
        }
        return Optional.empty();
    }
}
