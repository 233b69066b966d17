package io.jmigrate.archive.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a registry wants to know of who asks (RFC 9110, "WWW-Authenticate").
 *
 * @param scheme in small letters
 * @param parameters by name, in small letters
 */
record Challenge(String scheme, Map<String, String> parameters) {
    static final String BEARER = "bearer";
    static final String BASIC = "basic";

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");

    /** The one that can be met: a token rather than the password itself. */
    static Optional<Challenge> of(HttpHeaders headers) {
        List<Challenge> all = headers.allValues("WWW-Authenticate").stream()
                .map(Challenge::read)
                .toList();
        return Stream.of(BEARER, BASIC)
                .flatMap(scheme -> all.stream().filter(each -> each.scheme.equals(scheme)))
                .findFirst();
    }

    private static Challenge read(String header) {
        String[] words = header.strip().split("\\s+", 2);
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(words.length > 1 ? words[1] : "");
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return new Challenge(words[0].toLowerCase(Locale.ROOT), parameters);
    }

    /**
     * Where a token is given for what was asked (distribution, "Token Authentication Specification").
     *
     * @throws IllegalArgumentException if there is no such place
     */
    URI tokenAddress() {
        String realm = parameters.getOrDefault("realm", "");
        StringBuilder address = new StringBuilder(realm).append(realm.contains("?") ? "&" : "?");
        for (String name : List.of("service", "scope")) {
            if (parameters.containsKey(name)) {
                address.append(name)
                        .append('=')
                        .append(URLEncoder.encode(parameters.get(name), StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return URI.create(address.substring(0, address.length() - 1));
    }
}
