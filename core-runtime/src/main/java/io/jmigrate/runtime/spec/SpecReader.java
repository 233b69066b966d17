package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.JsonFields;

/** Reads the top of a config.json. */
final class SpecReader {
    private SpecReader() {}

    static Spec spec(ObjectNode document, JsonFields in) {
        return new Spec(
                document,
                in.text("ociVersion").orElse(""),
                in.object("process").map(ProcessReader::process),
                in.object("root").map(SpecReader::root),
                in.text("hostname").filter(name -> !name.isEmpty()),
                in.text("domainname").filter(name -> !name.isEmpty()),
                in.objects("mounts", SpecReader::mount),
                in.object("hooks").map(HooksReader::hooks).orElse(HooksSpec.NONE),
                in.textMap("annotations"),
                in.object("linux").map(LinuxReader::linux).orElse(LinuxSpec.NONE));
    }

    private static RootSpec root(JsonFields in) {
        return new RootSpec(in.text("path").orElse(""), in.flag("readonly"));
    }

    private static MountSpec mount(JsonFields in) {
        return new MountSpec(
                in.text("destination").orElse(""),
                in.text("type").filter(type -> !type.isEmpty()),
                in.text("source").filter(source -> !source.isEmpty()),
                in.texts("options"),
                in.objects("uidMappings", LinuxReader::idMapping),
                in.objects("gidMappings", LinuxReader::idMapping));
    }
}
