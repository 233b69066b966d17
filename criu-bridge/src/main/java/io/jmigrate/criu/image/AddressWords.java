package io.jmigrate.criu.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Addresses of sockets as files.img has them: words of 32 bits, whose bytes in memory are the address (images/sk-inet.proto). */
public final class AddressWords {
    private AddressWords() {}

    /** The bytes of words, four of each. */
    public static byte[] bytes(List<Integer> words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
        words.forEach(bytes::putInt);
        return bytes.array();
    }

    /** The words of bytes, a multiple of four. */
    public static List<Integer> of(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        List<Integer> words = new ArrayList<>();
        while (bytes.hasRemaining()) {
            words.add(bytes.getInt());
        }
        return words;
    }
}
