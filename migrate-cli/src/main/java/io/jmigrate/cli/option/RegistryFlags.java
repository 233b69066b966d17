package io.jmigrate.cli.option;

import io.jmigrate.archive.image.ImageReference;
import io.jmigrate.archive.image.LayoutReference;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.archive.registry.CredentialFiles;
import io.jmigrate.archive.registry.Login;
import io.jmigrate.archive.registry.RegistryAccess;
import io.jmigrate.archive.registry.RegistryCode;
import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a registry is spoken to, for commands that may be given an image in one. */
public final class RegistryFlags {
    private static final String AUTH_FILE = "REGISTRY_AUTH_FILE";

    private boolean insecure;
    private Optional<Path> authorities = Optional.empty();
    private Optional<Path> logins = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--authfile",
                        "FILE",
                        "Where the login for the registry is (default: $REGISTRY_AUTH_FILE, or where podman and Docker keep it).",
                        Path::of,
                        value -> logins = Optional.of(value))
                .option(
                        "--ca-file",
                        "FILE",
                        "Trust registries that these certificates (PEM) vouch for, in place of those that this host trusts.",
                        Path::of,
                        value -> authorities = Optional.of(value))
                .flag(
                        "--insecure",
                        "Speak HTTP without TLS, to a registry on this machine.",
                        value -> insecure = value);
    }

    /** @throws Failure USAGE if options are given that are about a registry, and the image is in none */
    public void requireFitting(ImageReference image) {
        switch (image) {
            case RegistryReference _ -> {}
            case LayoutReference _ -> requireUnused(image + " is a directory");
        }
    }

    /** @throws Failure USAGE if any was given. @param why that can't be, a sentence */
    public void requireUnused(String why) {
        if (insecure || authorities.isPresent() || logins.isPresent()) {
            throw Failure.of(OptionCode.USAGE, "--authfile, --ca-file and --insecure are about registries, and " + why);
        }
    }

    /**
     * What was given, and the login; reads files.
     *
     * @param check what it throws ends the command
     * @throws Failure CREDENTIALS_UNUSABLE
     */
    public RegistryAccess access(Invocation invocation, RegistryReference image, Runnable check) {
        Optional<Login> login = CredentialFiles.login(files(invocation), image);
        return new RegistryAccess(insecure, authorities.map(invocation::resolve), login, check);
    }

    /** In the order of containers-auth.json(5). One that was named has to be there. */
    private List<Path> files(Invocation invocation) {
        Optional<Path> named = logins.map(invocation::resolve).or(() -> variable(invocation, AUTH_FILE));
        if (named.isPresent() && !Files.exists(named.get())) {
            throw Failure.of(RegistryCode.CREDENTIALS_UNUSABLE, "the file of logins " + named.get() + " is not there");
        }
        return named.map(List::of).orElseGet(() -> usual(invocation));
    }

    private static List<Path> usual(Invocation invocation) {
        Path session = variable(invocation, "XDG_RUNTIME_DIR")
                .map(directory -> directory.resolve("containers"))
                .orElse(Path.of("/run/containers/" + Processes.effectiveUid()));
        Optional<Path> home = variable(invocation, "HOME");
        Optional<Path> settings =
                variable(invocation, "XDG_CONFIG_HOME").or(() -> home.map(path -> path.resolve(".config")));
        Optional<Path> docker =
                variable(invocation, "DOCKER_CONFIG").or(() -> home.map(path -> path.resolve(".docker")));
        return Stream.of(
                        Optional.of(session.resolve("auth.json")),
                        settings.map(path -> path.resolve("containers/auth.json")),
                        docker.map(path -> path.resolve("config.json")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Path> variable(Invocation invocation, String name) {
        return invocation.variable(name).map(Path::of).map(invocation::resolve);
    }
}
