package io.jmigrate.runtime.config;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as they are inside a container. They stay text: on the host they mean nothing. */
public final class ContainerPath {
    private ContainerPath() {}

    /**
     * The path from the container's root with {@code .}, {@code ..} and doubled slashes taken out by name, as runc does; a
     * relative one is taken from the root, above which nothing is.
     */
    public static String clean(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /** Whether a clean path is another one or lies below it. */
    public static boolean isWithin(String path, String ancestor) {
        return path.equals(ancestor) || path.startsWith(ancestor.equals("/") ? "/" : ancestor + "/");
    }
}
