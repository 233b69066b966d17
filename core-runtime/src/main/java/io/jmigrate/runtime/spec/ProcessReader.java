package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;

/** Reads the {@code process} object. */
final class ProcessReader {
    private static final long CONSOLE_SIZE_MAX = 0xffff;

    private ProcessReader() {}

    static ProcessSpec process(JsonFields in) {
        return new ProcessSpec(
                in.flag("terminal"),
                in.object("consoleSize").map(ProcessReader::consoleSize),
                in.object("user").map(ProcessReader::user).orElse(UserSpec.ROOT),
                in.texts("args"),
                in.texts("env"),
                in.text("cwd").orElse(""),
                in.object("capabilities").map(ProcessReader::capabilities),
                in.objects("rlimits", ProcessReader::rlimit),
                in.flag("noNewPrivileges"),
                in.integer("oomScoreAdj", -1000, 1000),
                in.text("apparmorProfile").filter(profile -> !profile.isEmpty()),
                in.text("selinuxLabel").filter(label -> !label.isEmpty()),
                SchedulingReader.scheduling(in));
    }

    private static ConsoleSizeSpec consoleSize(JsonFields in) {
        return new ConsoleSizeSpec(
                in.integer("height", 0, CONSOLE_SIZE_MAX).orElse(0L),
                in.integer("width", 0, CONSOLE_SIZE_MAX).orElse(0L));
    }

    private static UserSpec user(JsonFields in) {
        return new UserSpec(
                in.id("uid").orElse(0L),
                in.id("gid").orElse(0L),
                in.integer("umask", 0, 0777),
                in.ids("additionalGids"));
    }

    private static CapabilitiesSpec capabilities(JsonFields in) {
        return new CapabilitiesSpec(
                in.texts("bounding"),
                in.texts("effective"),
                in.texts("inheritable"),
                in.texts("permitted"),
                in.texts("ambient"));
    }

    private static RlimitSpec rlimit(JsonFields in) {
        String type = in.requiredText("type");
        return new RlimitSpec(type, in.requiredUnsigned64("soft"), in.requiredUnsigned64("hard"));
    }
}
