package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;

/** Reads the {@code hooks} object. */
final class HooksReader {
    private HooksReader() {}

    static HooksSpec hooks(JsonFields in) {
        return new HooksSpec(
                in.objects("prestart", HooksReader::hook),
                in.objects("createRuntime", HooksReader::hook),
                in.objects("createContainer", HooksReader::hook),
                in.objects("startContainer", HooksReader::hook),
                in.objects("poststart", HooksReader::hook),
                in.objects("poststop", HooksReader::hook));
    }

    private static HookSpec hook(JsonFields in) {
        return new HookSpec(
                in.text("path").orElse(""),
                in.texts("args"),
                in.texts("env"),
                in.integer("timeout", 1, Integer.MAX_VALUE));
    }
}
