package io.jmigrate.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages and the completion, read by the programs that read them for users. */
class DocumentsTest {
    @TempDir
    private Path share;

    @BeforeEach
    void write() throws IOException {
        WriteDocuments.main(new String[] {share.toString()});
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            return pages.sorted().toList();
        }
    }

    /** What a command prints, standard error too. */
    private static String said(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void hasPagesThatTheFormatterTakesWithoutAWarning() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
        List<String> command = new ArrayList<>(List.of("groff", "-man", "-Tutf8", "-ww", "-z"));
        pages().forEach(page -> command.add(page.toString()));
        assertThat(said(command.toArray(String[]::new))).isEmpty();
    }

    @Test
    void hasAPageThatShowsWhatTheHelpSays() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
        Path page = share.resolve("man/man1/jmigrate-migrate.1");
        String shown = said("groff", "-man", "-Tascii", "-P-cbou", page.toString());
        assertThat(shown)
                .contains("NAME\n       jmigrate-migrate - Move running containers to another node.")
                .contains("--to HOST:PORT")
                .contains("$ jmigrate migrate web1 --to other.example:7070");
    }

    @Test
    void hasTheSectionsOfAManualPage() throws IOException {
        for (Path page : pages()) {
            String name = page.getFileName().toString().replace(".1", "").replace("-", "\\-");
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .startsWith(".TH ")
                    .contains("\n.SH NAME\n" + name + " \\- ")
                    .contains("\n.SH SYNOPSIS\n", "\n.SH DESCRIPTION\n");
        }
    }

    @Test
    void completesCommandsAndOptionsInBash() throws IOException, InterruptedException {
        assertThat(completions("mi")).containsExactlyInAnyOrder("migrate", "migration");
        assertThat(completions("node", "")).contains("init", "pair", "serve").doesNotContain("migrate");
        assertThat(completions("migrate", "--ro")).containsExactly("--rootfs");
        assertThat(completions("nosuch", "x")).isEmpty();
    }

    /** What bash offers for the last of these words. */
    private List<String> completions(String... words) throws IOException, InterruptedException {
        // bash's own compopt works only when a person has pressed Tab
        String script =
                "source \"$0\"; compopt() { :; }; COMP_WORDS=(jmigrate \"$@\"); COMP_CWORD=$#; _complete_jmigrate;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> command = new ArrayList<>(List.of(
                "bash", "-c", script, share.resolve("completions/jmigrate.bash").toString()));
        command.addAll(List.of(words));
        return said(command.toArray(String[]::new))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
