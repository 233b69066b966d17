package io.jmigrate.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnCommandLineTest {
    @Test
    void findsTheVerbBehindGlobalOptions() {
        assertThat(OwnCommandLine.verb(List.of("--debug", "--root", "state", "--log=x", "list", "-q")))
                .contains("list");
        assertThat(OwnCommandLine.verb(List.of("-root", "state", "list"))).contains("list");
    }

    @Test
    void findsNoVerbWhereThereIsNone() {
        assertThat(OwnCommandLine.verb(List.of("--version"))).isEmpty();
        assertThat(OwnCommandLine.verb(List.of("--root"))).isEmpty();
        assertThat(OwnCommandLine.verb(List.of())).isEmpty();
    }
}
