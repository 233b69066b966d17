package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.TimerDescriptor;
import org.junit.jupiter.api.Test;

class TimerImagesTest {
    @Test
    void anExpiredTimerThatGoesOffAgainIsGivenItsInterval() {
        TimerDescriptor armed = TimerImages.armed(timer(1, 0, 0, 7, 500)).getTfd();

        assertThat(armed).isEqualTo(timer(1, 7, 500, 7, 500).getTfd());
    }

    @Test
    void othersStayAsTheyAre() {
        assertThat(TimerImages.armed(timer(2, 0, 1, 7, 500))).isEqualTo(timer(2, 0, 1, 7, 500));
        assertThat(TimerImages.armed(timer(1, 0, 0, 0, 0))).isEqualTo(timer(1, 0, 0, 0, 0));
        FileEntry stopped = timer(0, 0, 0, 7, 500);
        assertThat(TimerImages.armed(stopped)).isEqualTo(stopped);
        FileEntry none = FileEntry.newBuilder().setType(1).setId(3).build();
        assertThat(TimerImages.armed(none)).isEqualTo(none);
    }

    private static FileEntry timer(long ticks, long seconds, long nanos, long intervalSeconds, long intervalNanos) {
        TimerDescriptor timer = TimerDescriptor.newBuilder()
                .setTicks(ticks)
                .setVsec(seconds)
                .setVnsec(nanos)
                .setIsec(intervalSeconds)
                .setInsec(intervalNanos)
                .build();
        return FileEntry.newBuilder().setType(12).setId(3).setTfd(timer).build();
    }
}
