package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.memory.search.Match;
import io.jmigrate.runtime.json.Printable;
import java.util.HexFormat;

/** Something that was found in memory, as a line and as JSON. */
public final class MatchReport {
    private MatchReport() {}

    /** Process, address, mapping, and the bytes with what stands around them: dots for what is no printable ASCII. */
    public static String line(Match match) {
        String mapping = match.mapping().isEmpty() ? match.protection() : match.mapping();
        return "[" + match.pid() + "] " + Long.toHexString(match.address()) + " " + Printable.text(mapping) + ": "
                + ascii(match.before()) + "⟦" + ascii(match.bytes()) + "⟧" + ascii(match.after());
    }

    private static String ascii(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte value : bytes) {
            text.append(value >= ' ' && value < 0x7f ? (char) value : '.');
        }
        return text.toString();
    }

    /** The same for programs; bytes are in hexadecimal digits. */
    public static ObjectNode fields(Match match) {
        HexFormat hex = HexFormat.of();
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", match.pid())
                .put("address", Long.toHexString(match.address()))
                .put("mapping", match.mapping())
                .put("protection", match.protection())
                .put("before", hex.formatHex(match.before()))
                .put("bytes", hex.formatHex(match.bytes()))
                .put("after", hex.formatHex(match.after()));
    }
}
