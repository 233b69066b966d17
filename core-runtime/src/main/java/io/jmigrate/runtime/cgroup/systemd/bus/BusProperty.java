package io.jmigrate.runtime.cgroup.systemd.bus;

import io.jmigrate.runtime.cgroup.systemd.UnitProperty;
import io.jmigrate.runtime.cgroup.systemd.UnitProperty.AllowedDevice;
import java.util.List;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** A property as D-Bus carries it, {@code (sv)}. The library reads the fields. */
public final class BusProperty extends Struct {
    @Position(0)
    public final String name;

    @Position(1)
    public final Variant<?> value;

    public BusProperty(String name, Variant<?> value) {
        this.name = name;
        this.value = value;
    }

    static BusProperty of(UnitProperty property) {
        return new BusProperty(
                property.name(), new Variant<>(converted(property.type(), property.value()), property.type()));
    }

    private static Object converted(String type, Object value) {
        return switch (value) {
            case Long number -> integer(type, number);
            case List<?> list when type.equals("ay") -> bytes(list);
            case List<?> list ->
                list.stream()
                        .map(member -> converted(type.substring(1), member))
                        .toList();
            case AllowedDevice device -> new BusDevice(device.device(), device.access());
            default -> value;
        };
    }

    private static Object integer(String type, long number) {
        return switch (type) {
            case "y" -> (byte) number;
            case "n" -> (short) number;
            case "q" -> new UInt16((int) number);
            case "i" -> (int) number;
            case "u" -> new UInt32(number);
            case "x" -> number;
            case "t" -> new UInt64(Long.toUnsignedString(number));
            default -> throw new IllegalArgumentException("not an integer's type: " + type);
        };
    }

    private static byte[] bytes(List<?> numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ((Long) numbers.get(i)).byteValue();
        }
        return bytes;
    }
}
