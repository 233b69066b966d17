package io.jmigrate.criu.obstacle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionKeysTest {
    private static final String BEFORE = """
            55d0c3a00000-55d0c3a21000 rw-p 00000000 00:00 0                          [heap]
            Size:                132 kB
            ProtectionKey:         0
            VmFlags: rd wr mr mw me ac
            """;

    @ParameterizedTest
    @CsvSource({"rw-p, 1, true", "---p, 15, true", "rw-s, 2, true", "rw-p, 0, false", "--xp, 1, false", "r-xp, 1, true"
    })
    void aKeyIsOneThatAProgramHasGiven(String rights, int key, boolean is) {
        String smaps = BEFORE + "7f0c21000000-7f0c21021000 " + rights + " 00000000 00:00 0\nSize: 132 kB\n"
                + "ProtectionKey:        %2d\n".formatted(key) + "VmFlags: rd wr\n";

        assertThat(ProtectionKeys.areIn(smaps.lines())).isEqualTo(is);
    }

    @Test
    void thisProgramHasNone() throws Exception {
        try (Stream<String> smaps = Files.lines(Path.of("/proc/self/smaps"))) {
            assertThat(ProtectionKeys.areIn(smaps)).isFalse();
        }
    }
}
