package io.jmigrate.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problems;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses in the text of {@link NetworkConfig#ANNOTATION}, which a restore can replace. */
public final class NetworkAddresses {
    private static final Set<String> FIELDS = Set.of("address", "gateway", "via", "destination");

    private NetworkAddresses() {}

    /** The text with other addresses, wherever it has them, each with the prefix length that it has. A text that is no JSON stays as it is. */
    public static String replaced(String json, Map<InetAddress, InetAddress> addresses) {
        try {
            JsonNode tree = JsonText.parse(json.getBytes(StandardCharsets.UTF_8), "", new Problems());
            replace(tree, addresses);
            return new String(JsonText.compact(tree), StandardCharsets.UTF_8);
        } catch (MalformedJsonException e) {
            return json; // said by whoever reads it
        }
    }

    private static void replace(JsonNode node, Map<InetAddress, InetAddress> addresses) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field -> field.setValue(
                            FIELDS.contains(field.getKey()) ? changed(field.getValue(), addresses) : field.getValue()));
        }
        node.forEach(inner -> replace(inner, addresses));
    }

    private static JsonNode changed(JsonNode value, Map<InetAddress, InetAddress> addresses) {
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, changed(list.get(i), addresses));
            }
        }
        return value.isTextual() ? TextNode.valueOf(changed(value.asText(), addresses)) : value;
    }

    private static String changed(String text, Map<InetAddress, InetAddress> addresses) {
        int end = text.indexOf('/') < 0 ? text.length() : text.indexOf('/');
        String address = text.substring(0, end);
        if (!IpText.isAddress(address)) {
            return text;
        }
        InetAddress other = addresses.get(InetAddress.ofLiteral(address));
        return other == null ? text : other.getHostAddress() + text.substring(end);
    }

    /** Those that a container's interfaces have. */
    public static Set<InetAddress> of(NetworkConfig network) {
        return network.interfaces().stream()
                .flatMap(each -> each.addresses().stream())
                .map(address -> InetAddress.ofLiteral(address.substring(0, address.indexOf('/'))))
                .collect(Collectors.toSet());
    }
}
