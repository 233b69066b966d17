package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.DumpStatistics;
import io.jmigrate.criu.inspect.ImagedFile;
import io.jmigrate.criu.inspect.ImagedMemory;
import io.jmigrate.criu.inspect.ImagedMount;
import io.jmigrate.criu.inspect.ImagedProcess;
import io.jmigrate.criu.inspect.ImagedSocket;
import io.jmigrate.criu.inspect.MappingKind;
import io.jmigrate.criu.inspect.PageCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the section of each part. */
final class Sections {
    static final String PROCESSES = "processes";

    private static final List<String> PROCESS_COLUMNS =
            List.of("pid", "parent", "group", "session", "threads", "state", "command");
    private static final List<String> FILE_COLUMNS = List.of("pid", "descriptor", "kind", "name", "position");
    private static final List<String> SOCKET_COLUMNS =
            List.of("pid", "descriptor", "family", "protocol", "state", "local", "remote");
    private static final List<String> MOUNT_COLUMNS =
            List.of("namespace", "id", "parent", "mount_point", "type", "source", "root", "external");
    private static final List<String> STATISTICS_COLUMNS = List.of(
            "freezing_us",
            "frozen_us",
            "memory_dump_us",
            "memory_write_us",
            "pages_scanned",
            "pages_in_parent",
            "pages_written",
            "pages_lazy");

    private Sections() {}

    static Section of(Part part, CheckpointImages images) {
        return switch (part) {
            case PS_TREE -> processes(images.processes());
            case FILES -> section("files", FILE_COLUMNS, images.files(), Sections::file);
            case SOCKETS -> section("sockets", SOCKET_COLUMNS, sockets(images), Sections::socket);
            case MOUNTS -> section("mounts", MOUNT_COLUMNS, images.mounts(), Sections::mount);
            case MEMORY -> section("memory", memoryColumns(), images.memory(), Sections::memory);
            case STATS ->
                section(
                        "statistics",
                        STATISTICS_COLUMNS,
                        images.statistics().stream().toList(),
                        Sections::statistics);
        };
    }

    private static List<ImagedFile> sockets(CheckpointImages images) {
        return images.files().stream().filter(file -> file.socket().isPresent()).toList();
    }

    static Section processes(List<ImagedProcess> processes) {
        return section(PROCESSES, PROCESS_COLUMNS, processes, Sections::process);
    }

    private static <T> Section section(String key, List<String> columns, Collection<T> things, Function<T, Row> row) {
        return new Section(key, columns, things.stream().map(row).toList());
    }

    private static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Row process(ImagedProcess process) {
        StringBuilder line = new StringBuilder("[" + process.pid() + "] " + process.command());
        if (process.threads() > 1) {
            line.append(", ").append(process.threads()).append(" threads");
        }
        if (!process.state().equals("alive")) {
            line.append(", ").append(process.state());
        }
        ObjectNode fields = fields().put("pid", process.pid())
                .put("parent", process.parent())
                .put("group", process.group())
                .put("session", process.session())
                .put("threads", process.threads())
                .put("state", process.state())
                .put("command", process.command());
        return new Row(OptionalInt.of(process.pid()), line.toString(), fields);
    }

    static Row file(ImagedFile file) {
        ObjectNode fields = fields().put("pid", file.pid())
                .put("descriptor", file.descriptor())
                .put("kind", file.kind())
                .put("name", file.name());
        file.position().ifPresent(position -> fields.put("position", position));
        String line = file.descriptor() + ": " + file.kind() + " " + file.name();
        return new Row(OptionalInt.of(file.pid()), line.strip(), fields);
    }

    static Row socket(ImagedFile file) {
        ImagedSocket socket = file.socket().orElseThrow();
        ObjectNode fields = fields().put("pid", file.pid())
                .put("descriptor", file.descriptor())
                .put("family", socket.family())
                .put("protocol", socket.protocol())
                .put("state", socket.state())
                .put("local", socket.local())
                .put("remote", socket.remote());
        String line = file.descriptor() + ": " + socket.family() + " " + socket.protocol() + " " + socket.state() + " "
                + socket.local();
        return new Row(
                OptionalInt.of(file.pid()), socket.remote().isEmpty() ? line : line + " → " + socket.remote(), fields);
    }

    static Row mount(ImagedMount mount) {
        ObjectNode fields = fields().put("namespace", mount.namespace())
                .put("id", mount.id())
                .put("parent", mount.parent())
                .put("mount_point", mount.mountPoint())
                .put("type", mount.type())
                .put("source", mount.source())
                .put("root", mount.root())
                .put("external", mount.external());
        String line = mount.mountPoint() + " (" + mount.type() + " " + mount.source() + ")";
        String whole = mount.external().isEmpty() ? line : line + ", external: " + mount.external();
        return new Row(OptionalInt.empty(), whole, fields);
    }

    private static List<String> memoryColumns() {
        List<String> columns = new ArrayList<>(List.of("pid", "mappings"));
        Stream.of(MappingKind.values()).map(Sections::column).forEach(columns::add);
        columns.addAll(List.of("pages_stored", "pages_lazy", "pages_in_parent"));
        return columns;
    }

    private static String column(MappingKind kind) {
        return Choice.word(kind).replace('-', '_') + "_bytes";
    }

    private static Row memory(ImagedMemory memory) {
        ObjectNode fields = fields().put("pid", memory.pid()).put("mappings", memory.mappings());
        long mapped = 0;
        for (MappingKind kind : MappingKind.values()) {
            long bytes = memory.mappedBytes().getOrDefault(kind, 0L);
            fields.put(column(kind), bytes);
            mapped += bytes;
        }
        PageCounts pages = memory.pages();
        fields.put("pages_stored", pages.stored())
                .put("pages_lazy", pages.lazy())
                .put("pages_in_parent", pages.inParent());
        String line = memory.mappings() + " mappings of " + mapped + " bytes, " + pages.stored() + " pages stored";
        return new Row(OptionalInt.of(memory.pid()), line, fields);
    }

    private static Row statistics(DumpStatistics dump) {
        ObjectNode fields = fields().put("freezing_us", dump.freezingMicros())
                .put("frozen_us", dump.frozenMicros())
                .put("memory_dump_us", dump.memoryDumpMicros())
                .put("memory_write_us", dump.memoryWriteMicros())
                .put("pages_scanned", dump.pagesScanned())
                .put("pages_in_parent", dump.pagesInParent())
                .put("pages_written", dump.pagesWritten())
                .put("pages_lazy", dump.pagesLazy());
        String line = "frozen for " + dump.frozenMicros() + " µs, of these " + dump.memoryDumpMicros()
                + " µs for memory; " + dump.pagesWritten() + " of " + dump.pagesScanned() + " pages written";
        return new Row(OptionalInt.empty(), line, fields);
    }
}
