package io.jmigrate.criu.mapping;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.TimerDescriptor;

/** Makes the images of timers that are files say what a restore needs. */
final class TimerImages {
    private TimerImages() {}

    /**
     * A timer that goes off again and again is still from the moment when it has expired until somebody reads that (fs/timerfd.c,
     * timerfd_read_iter). Its time is 0 then, and with that CRIU would set it to never (criu/pie/restorer.c,
     * restore_timerfds): a timer with an interval shorter than the dump is always such a one. It gets its interval's time, as CRIU does it
     * for POSIX timers (criu/timer.c, decode_posix_timer).
     */
    static FileEntry armed(FileEntry entry) {
        TimerDescriptor timer = entry.getTfd();
        boolean expired = timer.getTicks() != 0 && timer.getVsec() == 0 && timer.getVnsec() == 0;
        boolean again = timer.getIsec() != 0 || timer.getInsec() != 0;
        if (!entry.hasTfd() || !expired || !again) {
            return entry;
        }
        return entry.toBuilder()
                .setTfd(timer.toBuilder().setVsec(timer.getIsec()).setVnsec(timer.getInsec()))
                .build();
    }
}
