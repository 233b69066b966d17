package io.jmigrate.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Mount options, sorted into what mount(2) takes (runtime specification, "Linux mount options"; mount(8)).
 *
 * @param flags MS_ flags that are set, MS_BIND and MS_REC among them
 * @param cleared MS_ flags that are taken away
 * @param propagation changes of propagation, each as MS_ flags, in order
 * @param data what isn't a flag, for the filesystem, joined by commas
 * @param unsupported options of the specification that this version doesn't do
 */
public record MountOptions(
        long flags, long cleared, List<Long> propagation, String data, List<String> unsupported) {

    /** Later options win over earlier ones. */
    public static MountOptions parse(List<String> options) {
        Collector collector = new Collector();
        options.forEach(collector::add);
        return collector.finish();
    }

    public boolean isBind() {
        return (flags & MountFlags.BIND) != 0;
    }

    private static final class Collector {
        private final List<Long> propagation = new ArrayList<>();
        private final StringJoiner data = new StringJoiner(",");
        private final List<String> unsupported = new ArrayList<>();
        private long flags;
        private long cleared;

        void add(String option) {
            switch (MountOption.named(option)) {
                case MountOption.Set(long flag) -> set(flag);
                case MountOption.Clear(long flag) -> clear(flag);
                case MountOption.Propagation(long flag) -> propagation.add(flag);
                case MountOption.Unsupported _ -> unsupported.add(option);
                case MountOption.Data _ -> data.add(option);
            }
        }

        private void set(long flag) {
            flags |= flag;
            cleared &= ~flag;
        }

        private void clear(long flag) {
            flags &= ~flag;
            cleared |= flag;
        }

        MountOptions finish() {
            return new MountOptions(
                    flags, cleared, List.copyOf(propagation), data.toString(), List.copyOf(unsupported));
        }
    }
}
