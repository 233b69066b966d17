package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    String explores(String what) {
        return Programs.run(PROGRAM.toString(), "x", images.toString(), what);
    }

    /** One image as JSON. */
    JsonNode decodes(String image) throws IOException {
        return new ObjectMapper()
                .readTree(Programs.run(
                        PROGRAM.toString(),
                        "decode",
                        "-i",
                        images.resolve(image).toString()));
    }
}
