package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a hostile peer may make of a frame: mostly with a checksum that fits, so that what is behind it gets to see it. */
final class Mutation {
    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "0",
            "1e999",
            "9223372036854775808",
            "99999999999999999999999999999999999999999",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "true",
            "[]",
            "[null]",
            "{}",
            "{\"type\":\"offer\"}",
            "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]");

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    /** A stream that begins as the frame does, and is not it any more. */
    byte[] of(Frame frame, Frame other) {
        byte[] meta = frame.meta();
        byte[] payload = frame.content();
        FrameType type = frame.type();
        switch (random.nextInt(7)) {
            case 0 -> meta = disturbed(meta);
            case 1 -> payload = frame.type() == FrameType.CONTROL ? text(payload) : disturbed(payload);
            case 2 -> meta = spliced(meta, other.meta());
            case 3 -> payload = spliced(payload, other.content());
            case 4 -> type = FrameType.values()[random.nextInt(FrameType.values().length)];
            case 5 -> {
                meta = other.meta();
                payload = disturbed(payload);
            }
            default -> {
                return broken(bytes(frame));
            }
        }
        byte[] made = bytes(Frame.of(type, meta, payload));
        return random.nextInt(8) == 0 ? broken(made) : made;
    }

    private static byte[] bytes(Frame frame) {
        return frame.encode().array();
    }

    /** Bits, lengths, the end: here the frame itself breaks. */
    private byte[] broken(byte[] bytes) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                ByteBuffer.wrap(bytes).putInt(4, number());
                yield bytes;
            }
            case 2 -> {
                ByteBuffer.wrap(bytes).putShort(2, (short) number());
                yield bytes;
            }
            default -> flipped(bytes, 0, bytes.length);
        };
    }

    private byte[] disturbed(byte[] bytes) {
        return switch (bytes.length == 0 ? 3 : random.nextInt(4)) {
            case 0 -> flipped(bytes, 0, bytes.length);
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> numbered(bytes);
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 20));
                yield flipped(longer, bytes.length, longer.length);
            }
        };
    }

    /** At a place that may be a length, an address or a count. */
    private byte[] numbered(byte[] bytes) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(changed.length);
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(number()).array();
        int count = Math.min(1 << random.nextInt(4), changed.length - at);
        System.arraycopy(number, Long.BYTES - count, changed, at, count);
        return changed;
    }

    private int number() {
        return switch (random.nextInt(5)) {
            case 0 -> -1;
            case 1 -> Integer.MAX_VALUE;
            case 2 -> Integer.MIN_VALUE;
            case 3 -> Frame.PAYLOAD_BYTES_MAX + random.nextInt(-1, 2);
            default -> random.nextInt();
        };
    }

    private byte[] flipped(byte[] bytes, int from, int to) {
        byte[] changed = bytes.clone();
        for (int flips = random.nextInt(1, 4); flips > 0 && to > from; flips--) {
            changed[random.nextInt(from, to)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] spliced(byte[] one, byte[] other) {
        byte[] head = Arrays.copyOf(one, random.nextInt(one.length + 1));
        byte[] tail = Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
        byte[] both = Arrays.copyOf(head, Math.min(head.length + tail.length, Frame.META_BYTES_MAX));
        System.arraycopy(tail, 0, both, head.length, both.length - head.length);
        return both;
    }

    /** Puts something else behind one of its colons, or takes a part of it away. */
    private byte[] text(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        int colon = text.indexOf(':', random.nextInt(text.length()));
        if (colon < 0 || random.nextInt(4) == 0) {
            return disturbed(json);
        }
        int end = text.indexOf(',', colon);
        String rest = end < 0 || random.nextInt(4) == 0 ? text.substring(colon + 1) : text.substring(end);
        return (text.substring(0, colon + 1) + VALUES.get(random.nextInt(VALUES.size())) + rest)
                .getBytes(StandardCharsets.UTF_8);
    }
}
