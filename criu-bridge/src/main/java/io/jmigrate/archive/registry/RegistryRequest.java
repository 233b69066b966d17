package io.jmigrate.archive.registry;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request, which may have to be sent more than once.
 *
 * @param body made anew for each time
 */
record RegistryRequest(String method, URI target, Map<String, String> headers, Supplier<BodyPublisher> body) {
    static RegistryRequest of(String method, URI target) {
        return new RegistryRequest(method, target, Map.of(), BodyPublishers::noBody);
    }

    RegistryRequest to(URI other) {
        return new RegistryRequest(method, other, headers, body);
    }

    /** @param authorization for the header of that name */
    HttpRequest http(Optional<String> authorization) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target).method(method, body.get());
        headers.forEach(builder::setHeader);
        authorization.ifPresent(value -> builder.setHeader("Authorization", value));
        return builder.setHeader("User-Agent", "jmigrate").build();
    }
}
