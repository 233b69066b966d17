package io.jmigrate.pages.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeptTableTest {
    /** Few that differ, in little. */
    private static PageName name(int value) {
        return new PageName(value, 4096);
    }

    private static ByteBuffer names(List<Integer> values) {
        ByteBuffer names = ByteBuffer.allocate(values.size() * PageName.BYTES);
        values.forEach(value -> name(value).write(names));
        return names.flip();
    }

    @Property
    void findsWhatIsThereAndNothingElse(
            @ForAll @Size(max = 60) List<@IntRange(max = 30) Integer> values,
            @ForAll @IntRange(max = 40) int wanted,
            @ForAll @IntRange(min = -1, max = 70) int expected) {
        KeptTable table = KeptTable.of(values.size());
        table.add(names(values));

        int found = table.find(name(wanted), expected);

        if (!values.contains(wanted)) {
            assertThat(found).isEqualTo(KeptTable.NONE);
        } else {
            assertThat(values.get(found)).isEqualTo(wanted);
        }
        if (expected >= 0 && expected < values.size() && values.get(expected) == wanted) {
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void takesNoMoreThanWasAnnounced() {
        KeptTable table = KeptTable.of(2);
        table.add(names(List.of(1)));
        assertThat(table.missing()).isEqualTo(1);
        ByteBuffer tooMany = names(List.of(2, 3));
        assertThatThrownBy(() -> table.add(tooMany)).isInstanceOf(IllegalArgumentException.class);
        ByteBuffer cutOff = ByteBuffer.allocate(PageName.BYTES - 1);
        assertThatThrownBy(() -> table.add(cutOff)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThatAPeerMakesAlikeLieApart() {
        KeptTable table = KeptTable.of(1 << 16);
        assertThat(LongStream.range(0, 1000)
                        .mapToObj(value -> new PageName(value << 50, 7))
                        .map(table::place)
                        .distinct())
                .hasSizeGreaterThan(900);
        assertThat(LongStream.range(0, 1000)
                        .mapToObj(value -> new PageName(7, value << 32))
                        .map(table::place)
                        .distinct())
                .hasSizeGreaterThan(900);
    }

    @Test
    void placesCannotBeForetold() {
        PageName name = new PageName(7, 7);
        assertThat(IntStream.range(0, 100)
                        .mapToObj(_ -> KeptTable.of(1 << 16).place(name))
                        .distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void isBounded() {
        assertThatThrownBy(() -> KeptTable.of(KeptTable.PAGES_MAX + 1L)).hasMessageContaining("names of 1048577 pages");
        assertThatThrownBy(() -> KeptTable.of(-1)).hasMessageContaining("names of -1 pages");
    }
}
