package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** CRIU's own reader of images, on a directory of them (crit(1)). */
final class Crit {
    private static final Path PROGRAM = Path.of("/opt/jmigrate/crit/crit");

    private final Path images;

    private Crit(Path images) {
        this.images = images;
    }

    /** Skips where ./setup could not install it. */
    static Crit on(Path images) {
        assumeTrue(Files.isExecutable(PROGRAM), "crit is not installed: run ./setup");
        return new Crit(images);
    }

    /** What it makes out of all images together: ps, fds, mems or rss. */
    String explores(String what) throws IOException {
        return say("x", images.toString(), what);
    }

    /** One image as JSON. */
    JsonNode decodes(String image) throws IOException {
        return new ObjectMapper()
                .readTree(say("decode", "-i", images.resolve(image).toString()));
    }

    private static String say(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(InstalledProgram.status(process, command)).as(said).isZero();
        return said;
    }
}
