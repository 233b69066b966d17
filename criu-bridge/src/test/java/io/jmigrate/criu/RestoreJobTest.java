package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileOwner;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.criu.image.entry.TaskCore;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.request.JobRestoreRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.Launcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refused before anything is started. */
class RestoreJobTest {
    private static final int PID = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final OnePages pages = new OnePages();

    /** Tells whether it was closed. */
    private static final class OnePages implements PageStore {
        private boolean closed;

        @Override
        public long lazyBytes() {
            return 0;
        }

        @Override
        public List<PageRun> lazy(ProcessMemory process) {
            return List.of();
        }

        @Override
        public void read(ProcessMemory process, long address, ByteBuffer target) {}

        @Override
        public void settle() {}

        @Override
        public void confirm() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Starts nothing. */
    private static final class NoLauncher implements Launcher {
        @Override
        public Child launch(Launch request) {
            throw new AssertionError("started " + request.program());
        }

        @Override
        public Child adopt(int pid) {
            throw new AssertionError("adopted " + pid);
        }

        @Override
        public void leaveChildren() {}
    }

    @BeforeEach
    void writeImages() throws IOException {
        Files.writeString(directory.resolve("inventory.img"), "");
        new JobFile(PID, "java", List.of("java"), "/", Instant.EPOCH).write(directory);
        write("pstree.img", ImageKind.PSTREE, process());
        write("core-" + PID + ".img", ImageKind.CORE, dead());
        Files.writeString(directory.resolve("files.img"), "");
    }

    private static PstreeEntry process() {
        return PstreeEntry.newBuilder()
                .setPid(PID)
                .setPpid(0)
                .setPgid(PID)
                .setSid(PID)
                .addThreads(PID)
                .build();
    }

    /** Of such a process nothing else is needed. */
    private static CoreEntry dead() {
        return CoreEntry.newBuilder()
                .setTc(TaskCore.newBuilder().setComm("java").setTaskState(2))
                .build();
    }

    private void write(String name, ImageKind kind, MessageLite entry) throws IOException {
        ImageFile.replace(directory.resolve(name), kind, List.of(entry));
    }

    private void assertRefused(boolean newPids, CriuCode code) {
        JobRestoreRequest request = new JobRestoreRequest(
                directory,
                Optional.empty(),
                TreeOptions.NONE,
                RestoreTerms.NONE.withVerifyFiles(true),
                ContainerFixture.nullStreams(),
                MemoryMode.AUTOMATIC,
                Optional.of(pages),
                newPids,
                Optional.empty());
        RestoreJob restore =
                new RestoreJob(new NoLauncher(), CriuBinary.at(Path.of("/bin/false")), directory, CriuConfigFile.NONE);
        assertThatThrownBy(() -> restore.run(request, _ -> RestoreVerdict.RESUME))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
        assertThat(pages.closed).isTrue();
    }

    @Test
    void itsPagesAreClosedWhenItsPidsAreTaken() {
        assertRefused(false, CriuCode.PID_TAKEN);
    }

    @Test
    void itsPagesAreClosedWhenItsFilesAreOthers() throws IOException {
        FileOwner nobody = FileOwner.newBuilder()
                .setUid(0)
                .setEuid(0)
                .setSignum(0)
                .setPidType(0)
                .setPid(0)
                .build();
        RegularFile gone = RegularFile.newBuilder()
                .setId(1)
                .setFlags(0)
                .setPos(0)
                .setFown(nobody)
                .setName(directory.resolve("gone").toString())
                .setSize(5)
                .build();
        write(
                "files.img",
                ImageKind.FILES,
                FileEntry.newBuilder().setType(1).setId(1).setReg(gone).build());
        assertRefused(true, CriuCode.FILES_DIFFER);
    }

    @Test
    void itsPagesAreClosedWhenThereIsNoJob() throws IOException {
        Files.delete(directory.resolve(JobFile.NAME));
        assertRefused(false, CriuCode.IMAGES_INVALID);
    }
}
