package io.jmigrate.archive.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Logins as podman, skopeo and Docker keep them (containers-auth.json(5)). */
public final class CredentialFiles {
    private static final int BYTES_MAX = 1 << 20;

    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private CredentialFiles() {}

    /**
     * The login for an image, of the first file that has one. Files that are not there are passed over.
     *
     * @throws Failure CREDENTIALS_UNUSABLE
     */
    public static Optional<Login> login(List<Path> files, RegistryReference image) {
        return files.stream()
                .filter(Files::exists)
                .flatMap(file -> login(file, image).stream())
                .findFirst();
    }

    private static Optional<Login> login(Path file, RegistryReference image) {
        JsonNode document = read(file);
        for (String key : keys(image)) {
            JsonNode entry = document.path("auths").path(key);
            if (entry.has("identitytoken")) {
                throw unusable(file, "has a token for " + key + ", and only user and password can be used");
            }
            if (entry.has("auth")) {
                return Optional.of(decoded(file, key, entry.path("auth").asText()));
            }
        }
        helper(document, image.registry()).ifPresent(name -> {
            throw unusable(
                    file,
                    "leaves the login for " + image.registry() + " to the program docker-credential-" + name
                            + ", which is not called");
        });
        return Optional.empty();
    }

    private static JsonNode read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw unusable(file, "has more than " + BYTES_MAX + " bytes");
            }
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (com.fasterxml.jackson.core.JacksonException e) { // its message quotes the file
            throw unusable(file, "is no JSON");
        } catch (IOException e) {
            throw unusable(file, "can't be read: " + IoReason.of(e));
        }
    }

    /** From the repository itself upwards, the host last. */
    private static List<String> keys(RegistryReference image) {
        List<String> keys = new ArrayList<>();
        String key = image.registry() + "/" + image.repository();
        for (int end = key.length(); end > 0; end = key.lastIndexOf('/', end - 1)) {
            keys.add(key.substring(0, end));
        }
        keys.add("https://" + image.registry());
        if (image.isHub()) {
            keys.add(HUB_KEY);
        }
        return keys;
    }

    private static Login decoded(Path file, String key, String base64) {
        try {
            String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return new Login(text.substring(0, colon), text.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            // said below, without the text: it may be a password
        }
        throw unusable(file, "has no user and password in Base64 for " + key);
    }

    private static Optional<String> helper(JsonNode document, String registry) {
        JsonNode own = document.path("credHelpers").path(registry);
        JsonNode named = own.isTextual() ? own : document.path("credsStore");
        return Optional.of(named.asText()).filter(name -> !name.isEmpty());
    }

    private static Failure unusable(Path file, String what) {
        return Failure.of(RegistryCode.CREDENTIALS_UNUSABLE, "the file of logins " + file + " " + what);
    }
}
