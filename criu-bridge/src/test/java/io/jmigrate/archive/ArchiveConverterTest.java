package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.integrity.PairOfKeys;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveConverterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> IMAGES = List.of(
            "checkpoint/",
            "checkpoint/descriptors.json",
            "checkpoint/empty.img",
            "checkpoint/inventory.img",
            "checkpoint/pages-1.img",
            "checkpoint/tmpfs-dev-30.tar.gz.img",
            "config.dump",
            "spec.dump",
            "dump.log");

    @TempDir
    private Path directory;

    private Path from;
    private Path to;

    @BeforeEach
    void export() throws IOException {
        from = directory.resolve("from");
        to = directory.resolve("to");
        ArchiveWriter.write(Checkpoint.in(directory).export(from, new Compression.Zstd(1)));
    }

    private ConvertedArchive convert(Layout layout, String... image) {
        return ArchiveConverter.convert(new ConversionRequest(
                new ArchiveSource.InFile(from),
                Optional.empty(),
                Optional.empty(),
                Limits.DEFAULT,
                layout,
                Stream.of(image).findFirst(),
                new ArchiveTarget.InFile(to),
                new Compression.None(),
                Progress.SILENT));
    }

    private Map<String, byte[]> converted() throws IOException {
        return Part.of(to).stream().collect(Collectors.toMap(Part::name, Part::content));
    }

    private JsonNode document(String name) throws IOException {
        return JSON.readTree(converted().get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "PODMAN,network.status artifacts/,podman",
        "CRI_O,'',CRI-O",
        "CONTAINERD,status status.dump,containerd",
        "JMIGRATE,network.status manifest.json,jmigrate",
    })
    void writesWhatAnEngineReadsAndAnImportTakes(Layout layout, String added, String engine) throws IOException {
        ConvertedArchive done = convert(layout, "localhost/web:1");
        List<String> expected = new ArrayList<>(IMAGES);
        expected.addAll(added.isEmpty() ? List.of() : List.of(added.split(" ")));
        assertThat(converted()).containsOnlyKeys(expected);
        assertThat(done.notCarried()).isEmpty();
        assertThat(ArchiveContents.read(to, Limits.DEFAULT).engine()).hasToString(engine);

        ImportedArchive imported =
                ArchiveReader.read(new ImportRequest(to, directory.resolve("out"), Limits.DEFAULT, Progress.SILENT));
        Map<String, byte[]> images = Checkpoint.files(directory.resolve("made/images"));
        images.remove("dump.log");
        assertThat(Checkpoint.files(imported.imageDirectory()))
                .hasSameSizeAs(images)
                .allSatisfy((name, content) -> assertThat(content).isEqualTo(images.get(name)));
        assertThat(imported.container().name()).isEqualTo("web");
    }

    @Test
    void podmanFindsItsImageAndAnIdOfItsForm() throws IOException {
        convert(Layout.PODMAN, "localhost/web:1");
        JsonNode config = document("config.dump");
        assertThat(config.path("rootfsImageName").asText()).isEqualTo("localhost/web:1");
        assertThat(config.path("rootfsImageID").asText()).isEqualTo("localhost/web:1");
        assertThat(config.path("id").asText()).matches("[0-9a-f]{64}");
        assertThat(config.path("runtime").asText()).isEqualTo("jmigrate");
    }

    @Test
    void crioFindsItsAnnotations() throws IOException {
        convert(Layout.CRI_O, "localhost/web:1");
        JsonNode annotations = document("spec.dump").path("annotations");
        assertThat(annotations.path("io.kubernetes.cri-o.Metadata").asText()).isEqualTo("{\"name\":\"web\"}");
        assertThat(annotations.path("io.kubernetes.cri-o.Created").asText()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void containerdFindsAStatus() throws IOException {
        convert(Layout.CONTAINERD, "localhost/web:1");
        JsonNode status = document("status.dump");
        assertThat(status.at("/metadata/name").asText()).isEqualTo("web");
        assertThat(status.at("/image/image").asText()).isEqualTo("localhost/web:1");
        assertThat(status.path("created_at").asLong())
                .isEqualTo(Checkpoint.CONTAINER.createdTime().getEpochSecond() * 1_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource(value = Layout.class, names = "JMIGRATE", mode = EnumSource.Mode.EXCLUDE)
    void enginesNeedAnImage(Layout layout) {
        assertThatThrownBy(() -> convert(layout))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                        .isEqualTo(ArchiveCode.ARCHIVE_IMAGE_UNKNOWN));
        assertThat(to).doesNotExist();
    }

    /** As podman writes them, with everything that it can put in. */
    private static HostileArchive podmans() {
        return new HostileArchive()
                .directory("artifacts")
                .file("ctr.log", "said\n")
                .file("devshm-checkpoint.tar", new byte[1024])
                .directory("checkpoint")
                .file("checkpoint/inventory.img", Checkpoint.inventory())
                .file(
                        "config.dump",
                        "{\"id\":\"" + "ab".repeat(32) + "\",\"name\":\"web\",\"rootfsImageName\":\"localhost/web:2\","
                                + "\"rootfsImageID\":\"" + "cd".repeat(32)
                                + "\",\"logDriver\":\"k8s-file\",\"runtime\":\"runc\"}")
                .file("spec.dump", "{\"annotations\":{\"io.container.manager\":\"libpod\",\"mine\":\"stays\"}}")
                .file("network.status", "{\"podman\":{}}")
                .file("rootfs-diff.tar", new byte[1024])
                .file("deleted.files", "[\"etc/motd\"]");
    }

    @Test
    void saysWhatIsNotCarried() throws IOException {
        from = podmans().file("volumes/data.tar", new byte[1024]).writeTo(directory.resolve("podmans"));
        ConvertedArchive done = convert(Layout.CONTAINERD);
        assertThat(done.notCarried())
                .containsExactly(
                        "\"artifacts\" is left out: it has no place there",
                        "\"devshm-checkpoint.tar\" is left out: the files of /dev/shm have no place there",
                        "\"volumes\" is left out: the content of named volumes has no place there");
        assertThat(Part.of(to).stream()
                        .filter(part -> part.name().equals("rootfs-diff.tar"))
                        .map(Part::content))
                .singleElement(InstanceOfAssertFactories.BYTE_ARRAY)
                .hasSize(512 + 1024)
                .startsWith("etc/.wh.motd".getBytes());
        assertThat(converted())
                .containsOnlyKeys(
                        "checkpoint/",
                        "checkpoint/inventory.img",
                        "config.dump",
                        "spec.dump",
                        "container.log",
                        "rootfs-diff.tar",
                        "status",
                        "status.dump");
        assertThat(new String(converted().get("container.log"))).isEqualTo("said\n");
        assertThat(document("spec.dump").path("annotations"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"mine\":\"stays\",\"io.kubernetes.cri.container-type\":\"container\","
                                        + "\"io.kubernetes.cri.container-name\":\"web\",\"io.kubernetes.cri.image-name\":\"localhost/web:2\"}"));
        assertThat(document("config.dump").has("logDriver")).isFalse();
    }

    @Test
    void whatWasDeletedIsMarkedForContainerdWhereNothingElseChanged() throws IOException {
        from = HostileArchive.complete()
                .file("deleted.files", "[\"/a\",\"etc/motd\"]")
                .writeTo(directory.resolve("podmans"));
        assertThat(convert(Layout.CONTAINERD, "localhost/web:1").notCarried()).isEmpty();
        assertThat(converted().get("rootfs-diff.tar")).hasSize(2 * 512 + 1024).startsWith(".wh.a".getBytes());
        Files.delete(to);
        from = HostileArchive.complete()
                .file("deleted.files", "[\"a\"]")
                .file("rootfs-diff.tar", new byte[] {0x1f, (byte) 0x8b, 8})
                .writeTo(directory.resolve("podmans"));
        assertThat(convert(Layout.CONTAINERD, "localhost/web:1").notCarried())
                .containsExactly("\"deleted.files\" is left out: it has no place there");
        assertThat(converted().get("rootfs-diff.tar")).hasSize(3);
        Files.delete(to);
        from = HostileArchive.complete().file("deleted.files", "[\"a/../b\"]").writeTo(directory.resolve("podmans"));
        assertThatThrownBy(() -> convert(Layout.CONTAINERD, "localhost/web:1"))
                .hasMessageEndingWith("\"deleted.files\" names \"a/../b\"");
        assertThat(to).doesNotExist();
    }

    @Test
    void podmansOwnComesBackAsItWas() throws IOException {
        from = podmans().writeTo(directory.resolve("podmans"));
        assertThat(convert(Layout.PODMAN).notCarried()).isEmpty();
        assertThat(document("config.dump").path("logDriver").asText()).isEqualTo("k8s-file");
        assertThat(document("config.dump").path("id").asText()).isEqualTo("ab".repeat(32));
        assertThat(document("network.status").has("podman")).isTrue();
    }

    /** As the sources of CRI-O and containerd write them; what they tell of themselves does not matter, whatever it is. */
    @Test
    void archivesOfTheOthersAreRestoredFrom() {
        HostileArchive crio = HostileArchive.complete()
                .file("dump.log", "x")
                .file("stats-dump", "x")
                .file(
                        "bind.mounts",
                        "[{\"source\":\"/etc\",\"destination\":\"/x\",\"file_type\":\"directory\",\"permissions\":493}]")
                .file("io.kubernetes.cri-o.LogPath", "x")
                .file("deleted.files", "[]")
                .file("rootfs-diff.tar", "x");
        HostileArchive containerd = HostileArchive.complete()
                .directory("checkpoint")
                .file("checkpoint/stats-dump", "x")
                .file("checkpoint/dump.log", "x")
                .file("container.log", "x")
                .file("status", "not even JSON")
                .file("status.dump", "{}");
        for (HostileArchive archive : List.of(crio, containerd)) {
            Path file = archive.writeTo(directory.resolve("theirs"));
            ImportedArchive imported = ArchiveReader.read(
                    new ImportRequest(file, directory.resolve("out"), Limits.DEFAULT, Progress.SILENT));
            assertThat(imported.directory()).isDirectoryNotContaining("regex:.*(bind|LogPath|status|container).*");
            assertThat(imported.imageDirectory()).isDirectoryNotContaining("regex:.*dump.*");
            imported.remove();
        }
    }

    @Test
    void whatWasAlteredIsNotConverted() throws IOException {
        Files.delete(from);
        PairOfKeys keys = PairOfKeys.in(directory, "keys");
        ArchiveWriter.write(new Checkpoint(directory.resolve("made"))
                .export(from, new Compression.None())
                .signed(keys.signing()));
        assertThat(convert(Layout.JMIGRATE).notCarried())
                .containsExactly("the signature is left out: what was signed was the other archive");
        Files.delete(to);

        List<Part> parts = new ArrayList<>(Part.of(from));
        parts.replaceAll(part -> part.name().equals("checkpoint/pages-1.img") ? part.changed() : part);
        Files.write(from, Part.packed(parts));
        assertThatThrownBy(() -> convert(Layout.JMIGRATE))
                .hasMessageContaining("\"checkpoint/pages-1.img\" has other content than its manifest says");
        assertThat(to).doesNotExist();
    }

    @Test
    void whatBuildsOnAnEarlierCheckpointNeedsIt() {
        from = HostileArchive.complete()
                .file("pre-checkpoint/inventory.img", "x")
                .writeTo(directory.resolve("podmans"));
        assertThatThrownBy(() -> convert(Layout.JMIGRATE))
                .hasMessageEndingWith(
                        "\"pre-checkpoint/inventory.img\" is an earlier checkpoint that this one builds on, for which there is no place");
        assertThat(to).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"config.dump", "spec.dump"})
    void documentsHaveToBeThereAndReadable(String name) {
        from = new HostileArchive()
                .file(name.equals("config.dump") ? "spec.dump" : "config.dump", "{}")
                .writeTo(directory.resolve("theirs"));
        assertThatThrownBy(() -> convert(Layout.JMIGRATE)).hasMessageEndingWith("is damaged: it has no " + name);
        from = new HostileArchive()
                .file(name.equals("config.dump") ? "spec.dump" : "config.dump", "{}")
                .file(name, "[1]")
                .writeTo(directory.resolve("theirs"));
        assertThatThrownBy(() -> convert(Layout.JMIGRATE))
                .hasMessageEndingWith("is damaged: " + name + " is not a JSON object");
        assertThat(to).doesNotExist();
    }
}
