package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.OptionalInt;

/**
 * A container's state as the OCI runtime specification has it (runtime.md, "State"), with runC's additions {@code rootfs}, {@code
 * created} and {@code owner}.
 *
 * @param record in the state that is true now
 * @param owner the name of the user who made it, {@code #UID} if there is none
 */
public record OciState(ContainerRecord record, String owner) {
    public static OciState of(ContainerRecord record) {
        return new OciState(record, UserNames.of(record.ownerUid()));
    }

    /** The init's pid; 0 when it is not there. */
    public int pid() {
        return record.state().init().map(ProcessRef::pid).orElse(0);
    }

    /** The specification's word. */
    public String status() {
        return record.state().word();
    }

    /** In runC's order of fields. */
    public ObjectNode tree() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("ociVersion", record.ociVersion());
        out.put("id", record.id().value());
        out.put("pid", pid());
        out.put("status", status());
        out.put("bundle", record.bundle().toString());
        out.put("rootfs", record.rootfs().toString());
        out.put("created", record.created().toString());
        putAnnotations(out, record);
        out.put("owner", owner);
        return out;
    }

    /**
     * The specification's fields alone, as other programs are told of a container by the runtime itself.
     *
     * @param status the specification's word
     * @param pid absent for a container without processes
     */
    static ObjectNode specified(ContainerRecord record, String status, OptionalInt pid) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("ociVersion", record.ociVersion());
        out.put("id", record.id().value());
        out.put("status", status);
        pid.ifPresent(number -> out.put("pid", number));
        out.put("bundle", record.bundle().toString());
        putAnnotations(out, record);
        return out;
    }

    private static void putAnnotations(ObjectNode out, ContainerRecord record) {
        if (!record.annotations().isEmpty()) {
            record.annotations().forEach(out.putObject("annotations")::put);
        }
    }
}
