package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.cgroup.limit.CgroupSetting;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What files of cgroups held before they were written to. Those that list many devices, or show more than can be written to them, are
 * left out: what was set there stays.
 */
final class EarlierValues {
    private final Deque<Value> values = new ArrayDeque<>();

    private record Value(CgroupDirectory directory, String file, String text) {}

    void remember(CgroupDirectory directory, CgroupSetting setting) {
        if (setting.isAboutOneDevice()) {
            return;
        }
        earlier(directory, setting.file())
                .ifPresent(text -> values.addFirst(new Value(directory, setting.file(), text)));
    }

    /** Files that can't be read, or hold more than one line, can't be put back. */
    private static Optional<String> earlier(CgroupDirectory directory, String file) {
        try {
            return directory
                    .readIfThere(file)
                    .filter(text -> !text.isEmpty() && text.lines().count() == 1);
        } catch (Failure _) {
            return Optional.empty();
        }
    }

    /** Writes them back, the latest first, and once more those that were refused; what is refused again is suppressed in the failure. */
    void restore(Failure failure) {
        Deque<Value> refused = new ArrayDeque<>();
        for (Value value : values) {
            if (value.directory().refusal(value.file(), value.text()).isPresent()) {
                refused.add(value);
            }
        }
        for (Value value : refused) {
            try {
                value.directory().write(value.file(), value.text());
            } catch (Failure e) {
                failure.addSuppressed(e);
            }
        }
    }
}
