package io.jmigrate.runtime.linux;

/**
 * Two joined descriptors. Of a socket pair both are equal; of a pipe {@code first} is the end to read and {@code second} the end
 * to write.
 */
public record FdPair(Fd first, Fd second) implements AutoCloseable {
    @Override
    public void close() {
        try (second) {
            first.close();
        }
    }
}
