package io.jmigrate.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;

/** A redis that is no root, in a user namespace whose ids are other ids on the host, with a client on its one TCP connection. */
class UserNamespaceConnectionIT extends MovedRedis {
    @BeforeEach
    void start() throws IOException {
        openStage();
        // the container's root is nobody special here, and has to reach its files
        Files.setPosixFilePermissions(stage.path(""), PosixFilePermissions.fromString("rwx--x--x"));
        startBetweenTwoNodes("--first-id", "100000", "--uid", "1000");
    }
}
