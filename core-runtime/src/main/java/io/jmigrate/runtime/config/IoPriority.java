package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Optional;

/**
 * How soon the input and output of a process is served (ioprio_set(2)).
 *
 * @param level 0, the first served, to 7
 */
public record IoPriority(Class ioClass, int level) {
    /** The ordinal and one is the kernel's number. */
    public enum Class implements OciNamed {
        RT,
        BE,
        IDLE;

        public int number() {
            return ordinal() + 1;
        }

        /** The name in the OCI config, for example {@code IOPRIO_CLASS_BE}. */
        @Override
        public String ociName() {
            return "IOPRIO_CLASS_" + name();
        }

        public static Optional<Class> named(String ociName) {
            return OciNamed.find(values(), ociName);
        }
    }
}
