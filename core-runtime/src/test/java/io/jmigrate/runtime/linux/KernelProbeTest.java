package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelProbeTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Test
    void scansOfPageMapsAreThereSinceLinux6Dot7() {
        Matcher release = Pattern.compile("(\\d+)\\.(\\d+).*").matcher(System.getProperty("os.version"));
        assertThat(release.matches()).isTrue();
        int major = Integer.parseInt(release.group(1));
        int minor = Integer.parseInt(release.group(2));

        assertThat(KernelProbe.pagemapScan()).isEqualTo(major > 6 || major == 6 && minor >= 7);
    }

    @Test
    void askingForAUserfaultfdLeavesNoneOpen() throws IOException {
        KernelProbe.userfaultfd();

        assertThat(userfaultfds()).isZero();
    }

    private static long userfaultfds() throws IOException {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.filter(KernelProbeTest::isUserfaultfd).count();
        }
    }

    private static boolean isUserfaultfd(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("userfaultfd");
        } catch (IOException e) {
            return false; // that of the listing itself is closed
        }
    }
}
