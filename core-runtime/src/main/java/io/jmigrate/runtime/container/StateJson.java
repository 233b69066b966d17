package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.linux.ProcessRef;

/** Writes a container's record as state.json has it. {@link StateJsonReader} is the other direction. */
final class StateJson {
    /** The form of the file. A reader refuses other numbers instead of guessing. */
    static final int VERSION = 1;

    static final String WORD = "status";
    static final String WAITS = "waitsForStart";

    private StateJson() {}

    static byte[] write(ContainerRecord record) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("version", VERSION);
        out.put("id", record.id().value());
        out.put("ociVersion", record.ociVersion());
        out.put("bundle", record.bundle().toString());
        out.put("rootfs", record.rootfs().toString());
        out.put("created", record.created().toString());
        out.put("ownerUid", record.ownerUid());
        ObjectNode annotations = out.putObject("annotations");
        record.annotations().forEach(annotations::put);
        state(out.putObject("state"), record.state());
        ArrayNode cgroups = out.putArray("cgroups");
        record.cgroup().places().forEach(place -> place(cgroups.addObject(), place));
        record.cgroup().unit().ifPresent(unit -> out.put("unit", unit));
        record.networkNamespace().ifPresent(path -> out.put("networkNamespace", path.toString()));
        record.keyring().ifPresent(name -> out.put("keyring", name));
        out.put("restored", record.restored());
        return JsonText.pretty(out);
    }

    private static void state(ObjectNode out, ContainerState state) {
        out.put(WORD, state.word());
        switch (state) {
            case ContainerState.Creating _ -> {}
            case ContainerState.Paused paused -> {
                process(out, paused.process());
                out.put(WAITS, !paused.started());
            }
            case ContainerState.Live live -> process(out, live.process());
            case ContainerState.Stopped stopped -> stopped.exitCode().ifPresent(code -> out.put("exitCode", code));
        }
    }

    private static void process(ObjectNode out, ProcessRef process) {
        out.put("pid", process.pid());
        out.put("startTime", process.startTime());
    }

    private static void place(ObjectNode out, CgroupPlace place) {
        ArrayNode controllers = out.putArray("controllers");
        place.controllers().forEach(controllers::add);
        out.put("mountPoint", place.mountPoint().toString());
        out.put("directory", place.directory().toString());
    }
}
