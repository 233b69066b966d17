package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.HookName;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.ExitStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What the native init tells of a hook that has failed ({@code native/init/hook.c}): its wait status as u32, little-endian, and
 * what it has written.
 *
 * @param waitStatus of wait(2), or {@link #EXPIRED}
 * @param output lines without line ends
 */
public record HookReport(int waitStatus, List<String> output) {
    /** It was killed after its time. */
    public static final int EXPIRED = -1;

    static final int BYTES_MAX = 64 << 10;

    private static final int HEAD_BYTES = 4;

    /** As a failure of this hook. */
    public Failure toFailure(HookKind kind, int number, Path path) {
        HookName name = new HookName(kind, number, path);
        return waitStatus == EXPIRED
                ? name.tookTooLong(output)
                : name.failed(ExitStatus.ofWaitStatus(waitStatus).text(), output);
    }

    /** Reads a report; one that is cut off is one of a failure without output. */
    public static HookReport read(ByteBuffer bytes) {
        ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
        int status = in.remaining() < HEAD_BYTES ? EXPIRED : in.getInt();
        return new HookReport(
                status, StandardCharsets.UTF_8.decode(in).toString().lines().toList());
    }
}
