package io.jmigrate.cli.verb;

import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version that the build wrote into the program. */
final class BuildVersion {
    private BuildVersion() {}

    static String text() {
        try (InputStream resource = BuildVersion.class.getResourceAsStream("version")) {
            if (resource == null) {
                throw Failure.of(CliCode.BROKEN_TREE, "the program's own version is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw Failure.of(CliCode.BROKEN_TREE, "the program's own version is unreadable")
                    .withCause(e);
        }
    }
}
