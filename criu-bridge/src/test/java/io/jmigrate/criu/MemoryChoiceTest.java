package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.request.MemoryMode;
import org.junit.jupiter.api.Test;

class MemoryChoiceTest {
    private static final long MUCH = MemoryChoice.PAYS_FROM_BYTES;

    @Test
    void muchMemoryComesLaterAndLittleFirst() {
        assertThat(new MemoryChoice(MemoryMode.AUTOMATIC, MUCH, false, false, true).eagerBecause())
                .isEmpty();
        assertThat(new MemoryChoice(MemoryMode.AUTOMATIC, MUCH - 1, false, false, true).eagerBecause())
                .hasValue("for 32767 KiB it would take longer");
        assertThat(new MemoryChoice(MemoryMode.LAZY, 0, false, false, true).eagerBecause())
                .as("insisted on")
                .isEmpty();
        assertThat(new MemoryChoice(MemoryMode.EAGER, MUCH, false, false, true).eagerBecause())
                .isPresent();
    }

    @Test
    void itComesFirstWhereTheKernelOrTheContainerDoesNotAllowOtherwise() {
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, false, true, true).eagerBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("user namespace"));
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, false, false, false).eagerBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("pid namespace"));
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, true, false, true).eagerBecause())
                .hasValue("CRIU takes memory out of the images while it reads it");
    }

    @Test
    void whoInsistsIsToldWhyNot() {
        assertThatThrownBy(() -> MemoryChoice.refuseEager(MemoryMode.LAZY, "container \"web\"", "no reason"))
                .hasMessage("cannot restore container \"web\" before its memory is there: no reason");
        MemoryChoice.refuseEager(MemoryMode.AUTOMATIC, "container \"web\"", "no reason");
    }
}
