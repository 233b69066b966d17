package io.jmigrate.runtime.linux;

/** What a device is known by (makedev(3)); in words {@code 1:3}. */
public record DeviceNumber(long major, long minor) {
    /** @param device the number as stat(2) and mknod(2) have it */
    public static DeviceNumber of(long device) {
        return new DeviceNumber(
                (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL), (device & 0xff) | (device >>> 12 & 0xffffff00L));
    }

    /** As stat(2) and mknod(2) have it. */
    public long device() {
        return (major & 0xfff) << 8 | (major & ~0xfffL) << 32 | (minor & 0xff) | (minor & ~0xffL) << 12;
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
