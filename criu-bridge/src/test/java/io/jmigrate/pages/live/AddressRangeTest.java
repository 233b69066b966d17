package io.jmigrate.pages.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
    @Test
    void takesPrivateMappingsOfWhateverOriginAndPermissions() {
        Stream<String> maps = Stream.of(
                "55d0c3a00000-55d0c3a21000 r-xp 00001000 fe:00 131 /usr/bin/with spaces in it",
                "55d0c5000000-55d0c5021000 rw-p 00000000 00:00 0                          [heap]",
                "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ",
                "7f0000002000-7f0000003000 ---p 00000000 00:00 0");

        assertThat(AddressRange.ofMaps(MemoryScope.PRIVATE, maps))
                .containsExactly(
                        new AddressRange(0x55d0c3a00000L, 0x55d0c3a21000L),
                        new AddressRange(0x55d0c5000000L, 0x55d0c5021000L),
                        new AddressRange(0x7f0000000000L, 0x7f0000001000L),
                        new AddressRange(0x7f0000002000L, 0x7f0000003000L));
    }

    @Test
    void takesWhatHasGrownWhileItWasReadOnce() {
        Stream<String> maps = Stream.of(
                "7f0000000000-7f0000002000 rw-p 00000000 00:00 0 ",
                "7f0000000000-7f0000005000 rw-p 00000000 00:00 0 ",
                "7f0000004000-7f0000005000 rw-p 00000000 00:00 0 ",
                "7f0000005000-7f0000006000 rw-p 00000000 00:00 0 ");

        assertThat(AddressRange.ofMaps(MemoryScope.PRIVATE, maps))
                .containsExactly(
                        new AddressRange(0x7f0000000000L, 0x7f0000002000L),
                        new AddressRange(0x7f0000002000L, 0x7f0000005000L),
                        new AddressRange(0x7f0000005000L, 0x7f0000006000L));
    }

    @Test
    void leavesOutFilesIfWhatBelongsToNoneIsMeant() {
        Stream<String> maps = Stream.of(
                "55d0c3a00000-55d0c3a21000 rw-p 00001000 fe:00 131 /usr/bin/program",
                "55d0c5000000-55d0c5021000 rw-p 00000000 00:00 0                          [heap]",
                "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ",
                "7f0000002000-7f0000003000 rw-p 00000000 00:00 0                          [anon:malloc]",
                "7f0000004000-7f0000005000 rw-p 00000000 00:05 9                          /memfd:x (deleted)",
                "7ffc00004000-7ffc00006000 r-xp 00000000 00:00 0                          [vdso]");

        assertThat(AddressRange.ofMaps(MemoryScope.ANONYMOUS, maps))
                .containsExactly(
                        new AddressRange(0x55d0c5000000L, 0x55d0c5021000L),
                        new AddressRange(0x7f0000000000L, 0x7f0000001000L),
                        new AddressRange(0x7f0000002000L, 0x7f0000003000L));
    }

    @Test
    void leavesOutWhatIsSharedOrTheKernels() {
        Stream<String> maps = Stream.of(
                "7f0000000000-7f0000001000 rw-s 00000000 00:05 12 /memfd:x (deleted)",
                "7ffc00000000-7ffc00004000 r--p 00000000 00:00 0                          [vvar]",
                "7ffc00004000-7ffc00006000 r-xp 00000000 00:00 0                          [vdso]",
                "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]");

        assertThat(AddressRange.ofMaps(MemoryScope.PRIVATE, maps)).isEmpty();
    }
}
