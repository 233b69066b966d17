package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.TaskCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectVerbTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void makeImages() throws IOException {
        write(
                "inventory.img",
                ImageKind.INVENTORY,
                Inventory.newBuilder().setImgVersion(2).build());
        write("pstree.img", ImageKind.PSTREE, process(1, 0), process(7, 1));
        write("core-1.img", ImageKind.CORE, core("sh"));
        write("core-7.img", ImageKind.CORE, core("evil\u001b]0;x\u0007"));
        Files.write(directory.resolve("pages-1.img"), new byte[8192]);
    }

    private void write(String name, ImageKind kind, MessageLite... entries) throws IOException {
        try (ImageWriter writer = new ImageWriter(Files.newOutputStream(directory.resolve(name)), kind)) {
            for (MessageLite entry : entries) {
                writer.write(entry);
            }
        }
    }

    private static PstreeEntry process(int pid, int parent) {
        return PstreeEntry.newBuilder()
                .setPid(pid)
                .setPpid(parent)
                .setPgid(1)
                .setSid(1)
                .addThreads(pid)
                .build();
    }

    private static CoreEntry core(String command) {
        return CoreEntry.newBuilder()
                .setTc(TaskCore.newBuilder().setComm(command).setTaskState(1))
                .build();
    }

    private String inspect(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "inspect";
        System.arraycopy(options, 0, words, 1, options.length);
        words[options.length + 1] = directory.toString();
        Called called = Called.in(directory, words);
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
        return called.out();
    }

    @Test
    void drawsTheProcessesAsATreeAndNoneOfTheirControlCharacters() {
        assertThat(inspect("--ps-tree")).isEqualTo(directory + """

                ├── kind: image directory
                ├── images version: 2
                ├── processes: 2
                ├── threads: 2
                ├── memory bytes: 8192
                ├── pages stored: 0
                └── processes
                    └── [1] sh
                        └── [7] evil\\u001b]0;x\\u0007
                """);
    }

    @Test
    void printsTables() {
        assertThat(inspect("--ps-tree", "--format", "table"))
                .contains("memory bytes        8192\n", "\nprocesses\nPID         PARENT      GROUP")
                .contains("\n7           1           1           1           1           alive       evil\\u001b]0;x")
                .doesNotContain("\u001b", "\u0007");
    }

    @Test
    void printsOnlyTheSummaryUnasked() {
        assertThat(inspect("--format", "json"))
                .contains("\"memory_bytes\": 8192")
                .doesNotContain("evil");
    }

    @Test
    void writesOnePageWithEverythingToANewFile() throws IOException {
        Path page = directory.resolve("page.html");
        assertThat(inspect("--html", page.toString())).isEmpty();
        assertThat(page).content().startsWith("<!DOCTYPE html>\n").contains("[7] evil\\u001b]0;x\\u0007");
        Called again = Called.in(directory, "inspect", "--html", page.toString(), directory.toString());
        assertThat(again.err()).startsWith("jmigrate: " + page + " exists: it is not overwritten\n");
        assertThat(inspect("--html", "-")).isEqualTo(Files.readString(page));
    }

    @Test
    void wantsNoSignatureOfADirectory() {
        Called called = Called.in(directory, "inspect", "--trust", "key.pem", directory.toString());
        assertThat(called.err())
                .startsWith("jmigrate: --trust: an image directory has no signature, only an archive may have one");
        assertThat(called.status()).isEqualTo(ExitCode.USAGE.status());
    }

    @Test
    void saysWhatIsWrongWithTheImages() throws IOException {
        Files.write(directory.resolve("core-7.img"), new byte[3]);
        Called called = Called.in(directory, "inspect", directory.toString());
        assertThat(called.err())
                .startsWith(
                        "jmigrate: image directory " + directory + " can't be read: core-7.img ends within a number\n");
        assertThat(called.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(called.out()).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchThing() {
        Called called = Called.in(directory, "--root", directory.resolve("root").toString(), "inspect", "nothing");
        assertThat(called.err())
                .startsWith("jmigrate: archive " + directory.resolve("nothing")
                        + " can't be opened: there is no such file");
        assertThat(called.status()).isEqualTo(ExitCode.FAILED.status());
    }
}
