package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void findsTheVerbBehindGlobalOptions() {
        assertThat(Words.verb(List.of("--debug", "--root", "state", "--log=x", "list", "-q")))
                .contains("list");
        assertThat(Words.verb(List.of("-root", "state", "list"))).contains("list");
    }

    @Test
    void findsNoVerbWhereThereIsNone() {
        assertThat(Words.verb(List.of("--version"))).isEmpty();
        assertThat(Words.verb(List.of("--root"))).isEmpty();
        assertThat(Words.verb(List.of())).isEmpty();
    }
}
