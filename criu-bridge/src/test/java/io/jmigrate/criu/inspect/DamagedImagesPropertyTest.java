package io.jmigrate.criu.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is in an image, reading it ends, with what it holds or with a failure that names it. */
class DamagedImagesPropertyTest {
    private static final List<String> NAMES =
            ImagesInMemory.complete().sizes().keySet().stream().toList();

    @Property(tries = 500)
    void randomBytes(@ForAll @IntRange(max = 999) int image, @ForAll @Size(max = 300) byte[] content) {
        String name = name(image);
        assertToldOrRefused(ImagesInMemory.complete().withBytes(name, content));
    }

    /** Behind the magic numbers and a length that fits, where the entries are. */
    @Property(tries = 500)
    void randomEntries(@ForAll @IntRange(max = 999) int image, @ForAll @Size(max = 100) byte[] entry) {
        String name = name(image);
        int start = name.equals("inventory.img") ? 4 : 8;
        byte[] content = Arrays.copyOf(ImagesInMemory.complete().bytes(name), start + 4 + entry.length);
        content[start] = (byte) entry.length;
        Arrays.fill(content, start + 1, start + 4, (byte) 0);
        System.arraycopy(entry, 0, content, start + 4, entry.length);
        assertToldOrRefused(ImagesInMemory.complete().withBytes(name, content));
    }

    @Property(tries = 1000)
    void changedBytes(
            @ForAll @IntRange(max = 999) int image, @ForAll @IntRange(max = 9999) int place, @ForAll byte value) {
        String name = name(image);
        byte[] content = ImagesInMemory.complete().bytes(name);
        content[place % content.length] = value;
        assertToldOrRefused(ImagesInMemory.complete().withBytes(name, content));
    }

    @Property(tries = 300)
    void cutOff(@ForAll @IntRange(max = 999) int image, @ForAll @IntRange(max = 9999) int place) {
        String name = name(image);
        byte[] content = ImagesInMemory.complete().bytes(name);
        assertToldOrRefused(ImagesInMemory.complete().withBytes(name, Arrays.copyOf(content, place % content.length)));
    }

    private static String name(int image) {
        return NAMES.get(image % NAMES.size());
    }

    private static void assertToldOrRefused(ImagesInMemory images) {
        try {
            CheckpointImages read = CheckpointImages.of(images);
            StringBuilder told = new StringBuilder();
            told.append(read.processes())
                    .append(read.files())
                    .append(read.mounts())
                    .append(read.memory());
            told.append(read.pages()).append(read.memoryBytes()).append(read.statistics());
            assertThat(told.toString().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        } catch (Failure failure) {
            assertThat(failure.code()).isEqualTo(CriuCode.IMAGES_INVALID);
            assertThat(failure.getMessage()).containsAnyOf(NAMES.toArray(String[]::new));
        }
    }
}
