package io.jmigrate.runtime.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a real host each, which leaves nothing behind. */
abstract class OnRealHost {
    RealHost host;

    @BeforeEach
    void openHost() {
        host = RealHost.open();
    }

    @AfterEach
    void closeHost() {
        if (host != null) {
            host.close();
        }
    }
}
