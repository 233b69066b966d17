package io.jmigrate.archive.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a registry is spoken to.
 *
 * @param plain without TLS, on this machine alone
 * @param authorities a file with the certificates (PEM) of those who may vouch for it; those of the host if there is none
 * @param login empty for nobody in particular
 * @param check called while something is awaited; what it throws ends the waiting
 */
public record RegistryAccess(boolean plain, Optional<Path> authorities, Optional<Login> login, Runnable check) {}
