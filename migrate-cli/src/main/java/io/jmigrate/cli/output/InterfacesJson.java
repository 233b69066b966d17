package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.network.InterfaceUse;
import java.math.BigInteger;
import java.util.List;

/** What has passed through interfaces, in runC's names (types/events.go, NetworkInterface). */
final class InterfacesJson {
    private InterfacesJson() {}

    /** Null, as in runC, where there is none. */
    static JsonNode of(List<InterfaceUse> interfaces) {
        if (interfaces.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (InterfaceUse use : interfaces) {
            ObjectNode each = list.addObject().put("Name", use.name());
            traffic(each, "Rx", use.received());
            traffic(each, "Tx", use.sent());
        }
        return list;
    }

    private static void traffic(ObjectNode out, String direction, InterfaceUse.Traffic traffic) {
        out.put(direction + "Bytes", unsigned(traffic.bytes()));
        out.put(direction + "Packets", unsigned(traffic.packets()));
        out.put(direction + "Errors", unsigned(traffic.errors()));
        out.put(direction + "Dropped", unsigned(traffic.dropped()));
    }

    private static BigInteger unsigned(long number) {
        return new BigInteger(Long.toUnsignedString(number));
    }
}
