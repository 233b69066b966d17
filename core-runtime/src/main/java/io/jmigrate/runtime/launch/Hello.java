package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.wire.WireException;
import io.jmigrate.runtime.wire.WireReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a front says first: the command as its caller gave it. A launcher's has no arguments, directory and descriptors.
 *
 * @param argv the words of the command, the program's name first
 * @param env the caller's environment, {@code NAME=value}
 * @param cwd the caller's working directory; empty when it was removed
 * @param descriptors the caller's by number: 0, 1, 2 and those to hand on; owned by the receiver
 */
public record Hello(List<String> argv, List<String> env, Optional<Path> cwd, Map<Integer, Fd> descriptors) {
    private static final int VERSION = 5;

    /** @throws WireException if it is none of this version, or malformed; the frame's descriptors are closed then */
    static Hello read(Frame frame) {
        try {
            return readPayload(frame);
        } catch (WireException e) {
            frame.fds().forEach(Fd::close);
            throw e;
        }
    }

    private static Hello readPayload(Frame frame) {
        WireReader payload = frame.payload();
        int version = payload.u32();
        if (frame.type() != FrameType.HELLO || version != VERSION) {
            throw new WireException("a front of another version: " + frame.type() + " " + version, null);
        }
        List<String> argv = payload.strings();
        List<String> env = payload.strings();
        String cwd = payload.string();
        if (!cwd.isEmpty() && !cwd.startsWith("/")) {
            throw new WireException("a front in a directory that is no absolute path", null);
        }
        return new Hello(
                argv,
                env,
                cwd.isEmpty() ? Optional.empty() : Optional.of(Path.of(cwd)),
                descriptors(payload, frame.fds()));
    }

    private static Map<Integer, Fd> descriptors(WireReader payload, List<Fd> fds) {
        int count = payload.count(4);
        if (count != fds.size()) {
            throw new WireException(count + " descriptors announced, " + fds.size() + " received", null);
        }
        Map<Integer, Fd> descriptors = new LinkedHashMap<>();
        for (Fd fd : fds) {
            if (descriptors.putIfAbsent(payload.u32(), fd) != null) {
                throw new WireException("a descriptor announced twice", null);
            }
        }
        return descriptors;
    }

    /** The value of a variable of the caller's environment. */
    public Optional<String> variable(String name) {
        String start = name + "=";
        return env.stream()
                .filter(variable -> variable.startsWith(start))
                .map(variable -> variable.substring(start.length()))
                .findFirst();
    }
}
