package io.jmigrate.criu;

import io.jmigrate.criu.feature.CriuBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that stand for a CRIU in tests. */
public final class TestCriu {
    private TestCriu() {}

    /** A program that answers the question for its version, and no other. */
    public static CriuBinary ofVersion(Path directory, int major, int minor) throws IOException {
        // type = VERSION (10), success, version {major, minor}: images/rpc.proto
        String program = """
                #!/usr/bin/env python3
                import socket, sys
                s = socket.socket(fileno=int(sys.argv[-1]))
                s.recv(65536)
                s.send(bytes([0x08, 10, 0x10, 1, 0x52, 4, 0x08, %d, 0x10, %d]))
                s.recv(65536)
                """.formatted(major, minor);
        Path file = Files.createFile(
                directory.resolve("criu-" + major + "." + minor),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return new CriuBinary(Files.writeString(file, program));
    }
}
