package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives of somebody else, as whoever imports them meets them: one sentence, an exit code, and nothing left. */
class HostileImportIT {
    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path temporary;
    private Path archive;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        temporary = Files.createDirectory(directory.resolve("temporary"));
        archive = directory.resolve("theirs.tar");
        program = InstalledProgram.in(directory).served().with("TMPDIR", temporary.toString());
    }

    @AfterEach
    void close() {
        program.close();
    }

    /** @param what the message says of the member */
    private record Hostile(String member, byte type, String target, String what) {}

    static List<Hostile> hostile() {
        return List.of(
                new Hostile("../../escape", TarConstants.LF_NORMAL, "", "leads out of the archive"),
                new Hostile("/etc/cron.d/escape", TarConstants.LF_NORMAL, "", "has an absolute name"),
                new Hostile(
                        "checkpoint",
                        TarConstants.LF_SYMLINK,
                        "/etc",
                        "is a symbolic link, which a checkpoint never holds"),
                new Hostile(
                        "checkpoint/core-1.img",
                        TarConstants.LF_LINK,
                        "/etc/passwd",
                        "is a hard link, which a checkpoint never holds"),
                new Hostile(
                        "checkpoint/core-1.img",
                        TarConstants.LF_BLK,
                        "",
                        "is a device, which a checkpoint never holds"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefused(Hostile hostile) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            TarArchiveEntry entry = new TarArchiveEntry(hostile.member(), hostile.type(), true);
            entry.setLinkName(hostile.target());
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        assertRefused("archive " + archive + ": member \"" + hostile.member() + "\" " + hostile.what() + "\n");
    }

    @Test
    void oneThatIsEmptyIsRefused() throws IOException {
        Files.createFile(archive);
        assertRefused(archive + " is not a checkpoint archive\n");
    }

    @Test
    void oneThatIsCutOffIsRefused() throws IOException {
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            TarArchiveEntry entry = new TarArchiveEntry("config.dump");
            entry.setSize(2);
            tar.putArchiveEntry(entry);
            tar.write("{}".getBytes(StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
        }
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length - 10));
        assertRefused("archive " + archive + " is damaged: ");
    }

    private void assertRefused(String sentence) {
        Called restore = program.run("restore", "--detach", "--import", archive.toString(), id);
        assertThat(restore.err()).startsWith("jmigrate: " + sentence);
        assertThat(restore.err()).doesNotContain("Exception", temporary.toString());
        assertThat(restore.out()).isEmpty();
        assertThat(restore.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(temporary).isEmptyDirectory();
        assertThat(Path.of("/etc/cron.d/escape")).doesNotExist();
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }
}
