package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArrivalBoundsTest {
    private static final long GIB = 1L << 30;

    @Test
    void leavesRoomForWhatChangesMeanwhile() {
        ArrivalBounds bounds = ArrivalBounds.of(new ContainerSize(8 * GIB, 20 * GIB, 300_000, GIB, 7));
        assertThat(bounds)
                .isEqualTo(new ArrivalBounds(
                        new TreeBounds(4 * 300_000 + 100_000, 84 * GIB, Long.MAX_VALUE),
                        new TreeBounds(4 * 7 + 100_000, 8 * GIB, Long.MAX_VALUE),
                        12 * GIB,
                        20 * GIB / 4096));
    }

    @Test
    void isFiniteForAPeerThatAnnouncesEverything() {
        ArrivalBounds bounds = ArrivalBounds.of(
                new ContainerSize(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
        for (TreeBounds tree : new TreeBounds[] {bounds.rootfs(), bounds.mounts()}) {
            assertThat(tree.sentBytesMax()).isPositive().isLessThan(Long.MAX_VALUE);
            assertThat(tree.entriesMax()).isPositive().isLessThan(Long.MAX_VALUE);
        }
        assertThat(bounds.imageBytesMax()).isPositive();
        assertThat(bounds.roundPagesMax()).isPositive();
    }

    @Test
    void knowsNoSizesBelowZero() {
        assertThatThrownBy(() -> new ContainerSize(-1, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areWithinTheMemoryThatTheNodeGivesOneContainer() {
        ArrivalBounds bounds =
                ArrivalBounds.of(new ContainerSize(GIB, 0, 0, 0, 0)).within(OptionalLong.of(2 * GIB));
        assertThat(bounds.roundPagesMax()).isEqualTo(2 * GIB / 4096);
        assertThat(bounds.imageBytesMax()).isEqualTo(2 * GIB);
        assertThat(bounds.mounts().keptBytesMax()).isEqualTo(2 * GIB);
        assertThat(bounds.within(OptionalLong.empty())).isEqualTo(bounds);
        assertThat(bounds.within(OptionalLong.of(4 << 20)).mounts().entriesMax())
                .as("names, which take memory too")
                .isEqualTo(4 << 10);
        assertThat(bounds.within(OptionalLong.of(4 << 20)).rootfs()).isEqualTo(bounds.rootfs());
    }

    /** Of pages and images together. */
    @Test
    void keepsNoMoreThanTheNodeLetsAContainerHave() {
        ArrivalBounds bounds = ArrivalBounds.of(new ContainerSize(8 * GIB, 0, 0, 0, 0));
        assertThat(bounds.keptBytesMax()).isEqualTo(20 * GIB);
        assertThat(bounds.within(OptionalLong.of(9 * GIB)).keptBytesMax()).isEqualTo(9 * GIB);
    }
}
