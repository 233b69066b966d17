package io.jmigrate.cli.service;

import io.jmigrate.runtime.linux.Fd;
import java.util.Optional;

/** Where fronts come in. */
public interface Entrance {
    /** Waits for the next front; none after {@link #close}. */
    Optional<Fd> accept();

    /** Lets no more fronts in. Safe for use by another thread than the one that accepts; must not wait. */
    void close();
}
