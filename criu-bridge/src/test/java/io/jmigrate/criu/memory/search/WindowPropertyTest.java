package io.jmigrate.criu.memory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a search in pieces finds is what a search in the whole finds, wherever pieces and buffers end. */
class WindowPropertyTest {
    private static final int PAGE = 4096;
    private static final int PAGES = 700; // two and a half buffers

    private static List<Long> found(Needle needle, byte[] memory, long base) {
        List<Long> found = new ArrayList<>();
        Window window = new Window(needle, (address, before, bytes, after) -> {
            int at = (int) (address - base);
            assertThat(bytes).isEqualTo(Arrays.copyOfRange(memory, at, at + bytes.length));
            assertThat(before).isEqualTo(Arrays.copyOfRange(memory, Math.max(0, at - 32), at));
            int end = at + bytes.length;
            assertThat(after).isEqualTo(Arrays.copyOfRange(memory, end, Math.min(memory.length, end + 32)));
            found.add(address);
        });
        for (int page = 0; page < memory.length / PAGE; page++) {
            window.add(base + (long) page * PAGE, memory, page * PAGE, PAGE);
        }
        window.finish();
        return found;
    }

    @Property(tries = 40)
    void findsEveryPlaceOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int length) {
        Random random = new Random(seed);
        byte[] memory = new byte[PAGES * PAGE];
        byte[] thing = new byte[length];
        random.nextBytes(thing);
        thing[0] = 1; // so that no piece of it is another one
        Arrays.fill(thing, 1, length, (byte) (2 + random.nextInt(9)));
        List<Long> places = new ArrayList<>();
        for (int at = random.nextInt(9000); at + length < memory.length; at += length + random.nextInt(300_000)) {
            System.arraycopy(thing, 0, memory, at, length);
            places.add(0x7f000000L + at);
        }
        assertThat(found(new Needle.Exactly(thing), memory, 0x7f000000L)).isEqualTo(places);
    }

    @Property(tries = 25)
    void findsARegexWhereTheBoundariesAre(@ForAll @IntRange(min = -80, max = 80) int around) {
        byte[] memory = new byte[PAGES * PAGE];
        List<Long> places = new ArrayList<>();
        for (int page = 1; page < PAGES; page += 7) {
            byte[] text = "user=alice;".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, memory, page * PAGE + around, text.length);
            places.add((long) page * PAGE + around);
        }
        assertThat(found(Needle.regex("user=[a-z]+\\b"), memory, 0)).isEqualTo(places);
    }

    @Property(tries = 300)
    void survivesAnyExpressionAndAnyMemory(@ForAll String expression, @ForAll @Size(max = 200) byte[] memory) {
        try {
            Needle needle = Needle.regex(expression);
            assertThat(found(needle, Arrays.copyOf(memory, PAGE), 0)).doesNotHaveDuplicates();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("is not a regular expression");
        }
    }

    @Example
    void doesNotJoinWhatIsApart() {
        List<Long> found = new ArrayList<>();
        Window window = new Window(Needle.text("ab"), (address, _, _, _) -> found.add(address));
        byte[] page = new byte[PAGE];
        page[0] = 'b';
        page[PAGE - 1] = 'a';
        window.add(0x1000, page, 0, PAGE);
        window.add(0x3000, page, 0, PAGE);
        window.add(0x4000, page, 0, PAGE);
        window.finish();
        assertThat(found).containsExactly(0x3fffL);
    }

    @Example
    void takesNoTimeToSpeakOfForExpressionsThatBacktrack() {
        byte[] memory = new byte[64 * PAGE];
        Arrays.fill(memory, (byte) 'a');
        assertThat(found(Needle.regex("(a|aa)+$b"), memory, 0)).isEmpty();
    }
}
