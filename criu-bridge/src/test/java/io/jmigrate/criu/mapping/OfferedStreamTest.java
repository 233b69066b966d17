package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import org.junit.jupiter.api.Test;

class OfferedStreamTest {
    private static final int REGULAR = 0100644;
    private static final int FIFO = 0010600;
    private static final int SOCKET = 0140777;

    @Test
    void anythingStandsForAStreamOfOurOwnImages() {
        for (int mode : new int[] {REGULAR, FIFO, SOCKET}) {
            assertThatCode(() -> new OfferedStream(1, mode).requireFit("pipe:[stdout]"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aFileThatCriuWouldOverwriteIsRefused() {
        assertThatCode(() -> new OfferedStream(1, FIFO).requireFit("pipe:[4711]"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new OfferedStream(1, REGULAR).requireFit("pipe:[4711]"))
                .isInstanceOf(Failure.class)
                .hasMessage("descriptor 1 of the container was a pipe in images that jmigrate did not make,"
                        + " and a regular file is given in its place");
        assertThatThrownBy(() -> new OfferedStream(0, SOCKET).requireFit("pipe:[4711]"))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith("and a socket is given in its place");
    }
}
