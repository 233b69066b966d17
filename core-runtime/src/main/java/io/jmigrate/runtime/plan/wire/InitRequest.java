package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan to execute and what the process gets; all descriptors stay open here.
 *
 * @param init the native init, for example {@code PREFIX/lib/jmigrate-init}
 * @param plan what to do
 * @param standardStreams of 0, 1 and 2; a missing one is /dev/null
 * @param execFifo the FIFO that {@code AwaitStart} waits on, opened with {@code OpenFlag.PATH}
 * @param preserved what the process gets as 3, 4 and so on, as many as its {@code Execute} step says
 */
public record InitRequest(
        Path init, Plan plan, Map<Integer, Fd> standardStreams, Optional<Fd> execFifo, List<Fd> preserved) {
    public InitRequest {
        standardStreams = Map.copyOf(standardStreams);
        preserved = List.copyOf(preserved);
        if (!List.of(0, 1, 2).containsAll(standardStreams.keySet())) {
            throw new IllegalArgumentException("standard streams are 0, 1 and 2, not " + standardStreams.keySet());
        }
    }
}
