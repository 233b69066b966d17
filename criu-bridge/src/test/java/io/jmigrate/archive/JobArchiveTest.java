package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.layout.Layout;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of jobs, which say so and have no config.json. */
class JobArchiveTest {
    private static final JobFile JOB = new JobFile(
            4711, "simulate", List.of("./simulate", "-n", "7"), "/srv", Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    private Path directory;

    private Checkpoint checkpoint;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        checkpoint = Checkpoint.in(directory);
        JOB.write(checkpoint.images());
        file = directory.resolve("job.tar.zst");
    }

    private void write(Optional<Path> spec) {
        ExportRequest plain = checkpoint.export(file, Compression.DEFAULT);
        ArchiveWriter.write(new ExportRequest(
                plain.target(),
                plain.container(),
                spec,
                plain.imageDirectory(),
                plain.dumpLog(),
                plain.statistics(),
                Optional.empty(),
                Optional.empty(),
                plain.volumes(),
                plain.compression(),
                plain.progress(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }

    private ImportRequest importing() {
        return new ImportRequest(file, directory.resolve("out"), Limits.DEFAULT, Progress.SILENT);
    }

    @Test
    void sayWhoTheirJobIs() {
        write(Optional.empty());

        ImportedArchive whole = ArchiveReader.read(importing());
        assertThat(whole.job()).contains(JOB);
        assertThat(whole.spec()).isEmpty();
        assertThat(JobFile.read(whole.imageDirectory())).contains(JOB);
        whole.remove();
        try (LazyArchive lazy = LazyArchive.open(importing()).orElseThrow()) {
            assertThat(lazy.archive().job()).contains(JOB);
        }

        ArchiveContents contents = ArchiveContents.read(file, Limits.DEFAULT);
        assertThat(contents.job()).contains(JOB);
        assertThat(contents.engine()).isEqualTo(Engine.JMIGRATE);
        assertThat(contents.integrity(Optional.empty()).manifest()).isEqualTo(Integrity.State.INTACT);
    }

    @Test
    void areNoContainersToo() {
        ExportRequest plain = checkpoint.export(file, Compression.DEFAULT);
        write(plain.spec());

        String both = "archive " + file + ": member \"checkpoint/job.json\" is of a job, and spec.dump of a container";
        assertThatThrownBy(() -> ArchiveReader.read(importing())).hasMessage(both);
        assertThatThrownBy(() -> ArchiveContents.read(file, Limits.DEFAULT).job())
                .hasMessage(both);
    }

    @Test
    void areNotForOtherEngines() {
        write(Optional.empty());
        Path target = directory.resolve("podmans");

        assertThatThrownBy(() -> ArchiveConverter.convert(new ConversionRequest(
                        new ArchiveSource.InFile(file),
                        Optional.empty(),
                        Optional.empty(),
                        Limits.DEFAULT,
                        Layout.PODMAN,
                        Optional.of("image"),
                        new ArchiveTarget.InFile(target),
                        Compression.DEFAULT,
                        Progress.SILENT)))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith("holds a job, and no engine but jmigrate has jobs");
        assertThat(target).doesNotExist();
    }
}
