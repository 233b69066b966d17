package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that come out of step, as when a program is killed after it has answered, or has taken too long. */
@Timeout(60)
class TrackAnswersIT {
    private static final Path NATIVE = TrackerConformance.NATIVE;

    /** Answers each request twice (native/track/track.h). */
    private static final String TWICE = """
            #include <stdint.h>
            #include <string.h>
            #include <sys/socket.h>
            int main(void) {
                uint32_t request[4];
                while (recv(3, request, sizeof(request), 0) == sizeof(request)) {
                    uint32_t answer[7] = {3, 0, request[3], 0, 0, 0, 0};
                    char text[2] = {'0' + (char)request[3], 0};
                    memcpy(&answer[6], text, sizeof(text));
                    send(3, answer, 25, 0);
                    send(3, answer, 25, 0);
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void areNotTakenForThoseOfAnotherRequest() throws Exception {
        assumeTrue(Files.isExecutable(NATIVE.resolve("jmigrate")), "the native programs are not built");
        Path source = Files.writeString(directory.resolve("twice.c"), TWICE);
        Path twice = directory.resolve("twice");
        Process compiler = new ProcessBuilder("cc", "-o", twice.toString(), source.toString()).start();
        assertThat(compiler.waitFor()).isZero();
        ProcessRef own = Processes.find((int) ProcessHandle.current().pid()).orElseThrow();
        try (FrontConnection launcher = Launchers.openSubreaper(NATIVE.resolve("jmigrate"));
                TrackProgram program = TrackProgram.start(launcher, twice)) {
            for (int request = 1; request < 4; request++) {
                assertThat(program.attach(own)).isEqualTo(new Attachment.Refused(Integer.toString(request), false));
            }
        }
    }
}
