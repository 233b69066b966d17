package io.jmigrate.archive.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    private static final String TOKEN = "([A-Za-z0-9!#$%&'*+.^_`|~-]++)";
    private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
    private static final String TOKEN68 = "[A-Za-z0-9._~+/-]+=*(?=\\s*(?:,|$))";

    /** A parameter, or a scheme with what else may follow it; schemes and parameters alike are parted by commas. */
    private static final Pattern ELEMENT = Pattern.compile("\\G[\\s,]*(?:" + TOKEN + "\\s*=\\s*(?:" + QUOTED
            + "|([^\\s,\"]+))|" + TOKEN + "(?:\\s+" + TOKEN68 + ")?)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /** The one that can be met: a token rather than the password itself. */
    static Optional<Challenge> of(HttpHeaders headers) {
        List<Challenge> all = headers.allValues("WWW-Authenticate").stream()
                .flatMap(header -> read(header).stream())
                .toList();
        return Stream.of(BEARER, BASIC)
                .flatMap(scheme -> all.stream().filter(each -> each.scheme.equals(scheme)))
                .findFirst();
    }

    /** All challenges of one header, as far as it can be understood. */
    private static List<Challenge> read(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher element = ELEMENT.matcher(header);
        while (element.find()) {
            String scheme = element.group(4);
            if (scheme != null) {
                challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), new HashMap<>()));
            } else if (!challenges.isEmpty()) {
                challenges.getLast().parameters.putIfAbsent(element.group(1).toLowerCase(Locale.ROOT), value(element));
            }
        }
        return challenges;
    }

    private static String value(Matcher parameter) {
        String quoted = parameter.group(2);
        return quoted == null ? parameter.group(3) : ESCAPED.matcher(quoted).replaceAll("$1");
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
