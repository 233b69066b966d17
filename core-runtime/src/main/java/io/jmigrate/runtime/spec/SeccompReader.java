package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;
import java.util.Optional;

/** Reads the {@code linux.seccomp} object. */
final class SeccompReader {
    /** The kernel takes 16 bits. */
    private static final long ERRNO_MAX = 0xffff;

    private static final long ARGUMENT_MAX = 5;

    private SeccompReader() {}

    static SeccompSpec seccomp(JsonFields in) {
        return new SeccompSpec(
                in.requiredText("defaultAction"),
                in.integer("defaultErrnoRet", 0, ERRNO_MAX),
                in.texts("architectures"),
                in.has("flags") ? Optional.of(in.texts("flags")) : Optional.empty(),
                in.text("listenerPath").filter(path -> !path.isEmpty()),
                in.text("listenerMetadata").filter(data -> !data.isEmpty()),
                in.objects("syscalls", SeccompReader::rule));
    }

    private static SeccompSpec.Rule rule(JsonFields in) {
        return new SeccompSpec.Rule(
                in.texts("names"),
                in.requiredText("action"),
                in.integer("errnoRet", 0, ERRNO_MAX),
                in.objects("args", SeccompReader::argument));
    }

    private static SeccompSpec.Argument argument(JsonFields in) {
        return new SeccompSpec.Argument(
                in.integer("index", 0, ARGUMENT_MAX).orElse(0L),
                in.requiredUnsigned64("value"),
                in.unsigned64("valueTwo").orElse(0L),
                in.requiredText("op"));
    }
}
