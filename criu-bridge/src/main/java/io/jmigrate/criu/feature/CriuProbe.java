package io.jmigrate.criu.feature;

import io.jmigrate.criu.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** Asks a CRIU what it is. */
public final class CriuProbe {
    private static final int OUTPUT_BYTES_MAX = 4096;

    private final Launcher launcher;

    public CriuProbe(Launcher launcher) {
        this.launcher = Objects.requireNonNull(launcher);
    }

    /**
     * The version, by {@code criu --version}.
     *
     * @throws Failure CRIU_MISSING if it can't be executed or says something else
     */
    public CriuVersion version(CriuBinary criu) {
        String output = output(criu, "--version");
        return CriuVersion.parse(output)
                .orElseThrow(() ->
                        Failure.of(CriuCode.CRIU_MISSING, criu.path() + " does not tell a CRIU version: " + output));
    }

    /** @throws Failure CRIU_TOO_OLD if it is older than {@link CriuVersion#REQUIRED} */
    public CriuVersion requireUsable(CriuBinary criu) {
        CriuVersion version = version(criu);
        if (version.compareTo(CriuVersion.REQUIRED) < 0) {
            throw Failure.of(
                    CriuCode.CRIU_TOO_OLD,
                    "CRIU " + version + " at " + criu.path() + " is too old: " + CriuVersion.REQUIRED
                            + " or newer is needed");
        }
        return version;
    }

    private String output(CriuBinary criu, String argument) {
        try (FdPair pipe = Descriptors.pipe()) {
            launcher.launch(
                    Launch.of(criu.path(), argument).withDescriptors(Map.of(1, pipe.second(), 2, pipe.second())));
            pipe.second().close();
            return readAll(pipe.first());
        } catch (LaunchException e) {
            throw Failure.of(CriuCode.CRIU_MISSING, "cannot execute CRIU: " + e.getMessage())
                    .withCause(e);
        }
    }

    private static String readAll(Fd pipe) {
        ByteBuffer output = ByteBuffer.allocate(OUTPUT_BYTES_MAX);
        while (output.hasRemaining() && Descriptors.read(pipe, output) > 0) {
            // until the end or enough
        }
        return StandardCharsets.UTF_8.decode(output.flip()).toString().strip();
    }
}
