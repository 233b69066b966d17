package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.wire.WireWriter;
import java.nio.file.Path;
import java.util.List;

/** What is said of a start, as {@code native/front/spawn.h} and {@code frame.h} have it. */
final class SpawnFrames {
    private static final int NEW_SESSION = 1;

    private SpawnFrames() {}

    /** @param numbers those of the request's descriptors, in the order in which they are sent */
    static WireWriter encode(int id, Launch request, List<Integer> numbers) {
        WireWriter frame = new WireWriter()
                .u32(id)
                .u32(request.newSession() ? NEW_SESSION : 0)
                .string(request.program().toString())
                .strings(request.argv())
                .strings(request.env())
                .string(request.cwd().map(Path::toString).orElse(""))
                .string(request.keyring().orElse(""))
                .u32(numbers.size());
        numbers.forEach(frame::u32);
        return frame;
    }

    /** @param step where the start failed */
    static LaunchException refused(Launch request, Errno errno, int step) {
        String act =
                switch (step) {
                    case 1 -> "fork for";
                    case 2 -> "start a session for";
                    case 3 -> "change to the working directory of";
                    case 4 -> "pass the descriptors to";
                    case 6 -> "join the session keyring for";
                    default -> "execute";
                };
        return LaunchException.refused(request, act, errno);
    }
}
