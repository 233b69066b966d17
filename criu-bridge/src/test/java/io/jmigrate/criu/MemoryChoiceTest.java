package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.request.MemoryMode;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryChoiceTest {
    private static final long MUCH = MemoryChoice.PAYS_FROM_BYTES;
    private static final OptionalLong NO_LIMIT = OptionalLong.empty();

    @Test
    void muchMemoryComesLaterAndLittleFirst() {
        assertThat(new MemoryChoice(MemoryMode.AUTOMATIC, MUCH, false, false, true, false, NO_LIMIT).eagerBecause())
                .isEmpty();
        assertThat(new MemoryChoice(MemoryMode.AUTOMATIC, MUCH - 1, false, false, true, false, NO_LIMIT).eagerBecause())
                .hasValue("for 32767 KiB it would take longer");
        assertThat(new MemoryChoice(MemoryMode.LAZY, 0, false, false, true, false, NO_LIMIT).eagerBecause())
                .as("insisted on")
                .isEmpty();
        assertThat(new MemoryChoice(MemoryMode.EAGER, MUCH, false, false, true, false, NO_LIMIT).eagerBecause())
                .isPresent();
    }

    @Test
    void itComesFirstWhereTheKernelOrTheContainerDoesNotAllowOtherwise() {
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, false, true, true, false, NO_LIMIT).eagerBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("user namespace"));
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, false, false, false, false, NO_LIMIT).eagerBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("pid namespace"));
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, true, false, true, false, NO_LIMIT).eagerBecause())
                .hasValue("CRIU takes memory out of the images while it reads it");
        assertThat(new MemoryChoice(MemoryMode.LAZY, MUCH, false, false, true, true, NO_LIMIT).eagerBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("shadow stack"));
    }

    /** CRIU lets processes share after a fork what would take more than the limit if each had its own. */
    @Test
    void itComesFirstWhereItCouldTakeMoreThanItsLimit() {
        OptionalLong limit = OptionalLong.of(2 * MUCH);
        assertThat(new MemoryChoice(MemoryMode.AUTOMATIC, 2 * MUCH, false, false, true, false, limit).eagerBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("64 MiB"));
        assertThat(new MemoryChoice(MemoryMode.AUTOMATIC, MUCH, false, false, true, false, limit).eagerBecause())
                .isEmpty();
        assertThat(new MemoryChoice(MemoryMode.LAZY, 2 * MUCH, false, false, true, false, limit).eagerBecause())
                .as("insisted on")
                .isEmpty();
    }

    @Test
    void whoInsistsIsToldWhyNot() {
        assertThatThrownBy(() -> MemoryChoice.refuseEager(MemoryMode.LAZY, "container \"web\"", "no reason"))
                .hasMessage("cannot restore container \"web\" before its memory is there: no reason");
        MemoryChoice.refuseEager(MemoryMode.AUTOMATIC, "container \"web\"", "no reason");
    }
}
