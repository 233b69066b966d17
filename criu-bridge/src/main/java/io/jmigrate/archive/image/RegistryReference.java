package io.jmigrate.archive.image;

import io.jmigrate.archive.oci.Blob;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image in a registry: {@code docker://HOST[:PORT]/NAME[:TAG|@DIGEST]}. The host is always said: none is guessed.
 *
 * @param registry host, and port if it is not the usual one
 * @param repository the name, which may have slashes
 * @param version a tag, or a digest ({@code sha256:…}), which counts if both are given
 */
public record RegistryReference(String registry, String repository, String version) implements ImageReference {
    static final String SCHEME = "docker://";
    private static final String HUB = "docker.io";
    private static final int REPOSITORY_CHARACTERS_MAX = 255;

    /** A name has a dot, a port or is {@code localhost}, as for podman: else it would be the repository's first part. */
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:\\[[0-9A-Fa-f:]+]|(?=[^/]*[.:]|localhost)[A-Za-z0-9]" + "[A-Za-z0-9.-]*)(?::[0-9]{1,5})?");

    /** Of the distribution-spec. */
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Pattern FORM = Pattern.compile(SCHEME + "([^/]+)/([^:@]+)(?::([^@]*))?(?:@(.*))?");

    /** @throws IllegalArgumentException with a sentence */
    public RegistryReference {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException(
                    "\"" + registry + "\" can't be the host of a registry: write docker://HOST[:PORT]/NAME");
        }
        if (repository.length() > REPOSITORY_CHARACTERS_MAX
                || !REPOSITORY.matcher(repository).matches()) {
            throw new IllegalArgumentException(
                    "\"" + repository + "\" can't be a repository: small letters, digits, and . _ - / between them");
        }
        if (!Blob.isDigest(version)) {
            Tags.require(version);
        }
    }

    static RegistryReference of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not docker://HOST[:PORT]/NAME[:TAG|@DIGEST]");
        }
        String digest = matcher.group(4);
        if (digest != null && !Blob.isDigest(digest)) {
            throw new IllegalArgumentException("\"" + digest + "\" is no digest: sha256: and 64 hexadecimal digits");
        }
        return new RegistryReference(
                matcher.group(1), matcher.group(2), digest == null ? Tags.orDefault(matcher.group(3)) : digest);
    }

    /** Whether the version is a digest: then it names one content for ever, and nothing can be pushed under it. */
    public boolean isDigest() {
        return version.contains(":");
    }

    /** Whether the registry is Docker's own, whose name leads to other addresses. */
    public boolean isHub() {
        return registry.equals(HUB);
    }

    @Override
    public String toString() {
        return SCHEME + registry + "/" + repository + (isDigest() ? "@" : ":") + version;
    }
}
