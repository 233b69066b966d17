package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonFields;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problem;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalInt;

/** Reads state.json. A file that is torn, of another version or of another container is refused with everything that is wrong. */
final class StateJsonReader {
    private final ContainerId id;
    private final Problems problems = new Problems();

    private StateJsonReader(ContainerId id) {
        this.id = id;
    }

    /** @throws Failure STATE_UNREADABLE if the bytes are not the whole record of this container */
    static ContainerRecord read(ContainerId id, byte[] json) {
        return new StateJsonReader(id).read(json);
    }

    private ContainerRecord read(byte[] json) {
        try {
            JsonFields in = JsonFields.of(JsonText.parse(json, JsonPath.ROOT, problems), JsonPath.ROOT, problems);
            checkHead(in);
            refuseIfAny();
            ContainerRecord record = record(in);
            refuseIfAny();
            return record;
        } catch (MalformedJsonException e) {
            throw unreadable("it is not JSON: " + e.getMessage()).withCause(e);
        }
    }

    private void checkHead(JsonFields in) {
        long version = in.integer("version", 0, Integer.MAX_VALUE).orElse(0L);
        if (version != StateJson.VERSION) {
            problems.unsupported(in.path("version"), "is " + version + ", this program knows " + StateJson.VERSION);
        }
        String name = in.requiredText("id");
        if (!name.equals(id.value())) {
            problems.invalid(in.path("id"), "is " + JsonPath.quote(name));
        }
    }

    private ContainerRecord record(JsonFields in) {
        return new ContainerRecord(
                id,
                in.requiredText("ociVersion"),
                Path.of(in.requiredText("bundle")),
                Path.of(in.requiredText("rootfs")),
                created(in),
                in.unsigned32("ownerUid").orElse(0L).intValue(),
                in.textMap("annotations"),
                in.object("state").map(this::state).orElseGet(() -> missingState(in)),
                new CgroupPaths(in.objects("cgroups", StateJsonReader::place), in.text("unit")),
                in.text("networkNamespace").map(Path::of),
                in.text("keyring"),
                in.flag("restored"));
    }

    private Instant created(JsonFields in) {
        String text = in.requiredText("created");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            problems.invalid(in.path("created"), "is not a time: " + JsonPath.quote(text));
            return Instant.EPOCH;
        }
    }

    private ContainerState state(JsonFields in) {
        String word = in.requiredText(StateJson.WORD);
        return switch (word) {
            case "creating" -> new ContainerState.Creating();
            case "created" -> new ContainerState.Created(process(in));
            case "running" -> new ContainerState.Running(process(in));
            case "paused" -> new ContainerState.Paused(process(in), !in.flag(StateJson.WAITS));
            case "stopped" -> new ContainerState.Stopped(exitCode(in));
            default -> {
                problems.invalid(in.path(StateJson.WORD), "is " + JsonPath.quote(word));
                yield new ContainerState.Creating();
            }
        };
    }

    private ContainerState missingState(JsonFields in) {
        problems.invalid(in.path("state"), "is required");
        return new ContainerState.Creating();
    }

    private ProcessRef process(JsonFields in) {
        long pid = in.integer("pid", 1, Integer.MAX_VALUE).orElse(0L);
        long startTime = in.integer("startTime", 0, Long.MAX_VALUE).orElse(-1L);
        if (pid == 0 || startTime < 0) {
            problems.invalid(in.path(), "names no process");
            return new ProcessRef(1, 0);
        }
        return new ProcessRef((int) pid, startTime);
    }

    private static OptionalInt exitCode(JsonFields in) {
        return in.integer("exitCode", 0, 255)
                .map(code -> OptionalInt.of(code.intValue()))
                .orElse(OptionalInt.empty());
    }

    private static CgroupPlace place(JsonFields in) {
        return new CgroupPlace(
                in.texts("controllers"), Path.of(in.requiredText("mountPoint")), Path.of(in.requiredText("directory")));
    }

    private void refuseIfAny() {
        if (!problems.isEmpty()) {
            throw unreadable(problems.list().size() + " problems")
                    .withDetails(problems.list().stream().map(Problem::toString).toList());
        }
    }

    private Failure unreadable(String why) {
        return Failure.of(RuntimeCode.STATE_UNREADABLE, "the state of " + id.inSentence() + " can't be read: " + why);
    }
}
