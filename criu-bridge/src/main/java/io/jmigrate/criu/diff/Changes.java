package io.jmigrate.criu.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a list of things differs from an earlier one.
 *
 * @param went only in the earlier
 * @param came only in the later
 * @param changed in both, and not the same
 */
public record Changes<T>(List<T> went, List<T> came, List<Change<T>> changed) {
    /** A thing as it was and as it is. */
    public record Change<T>(T before, T after) {}

    public Changes {
        went = List.copyOf(went);
        came = List.copyOf(came);
        changed = List.copyOf(changed);
    }

    /** Whether there is none. */
    public boolean none() {
        return went.isEmpty() && came.isEmpty() && changed.isEmpty();
    }

    /**
     * Compares two lists.
     *
     * @param key by which a thing is known again; of several with the same key, the first is compared with the first and so on
     * @param content what has to be equal
     */
    static <T> Changes<T> between(
            List<T> earlier, List<T> later, Function<T, Object> key, Function<T, Object> content) {
        Map<Object, T> before = byKey(earlier, key);
        Map<Object, T> after = byKey(later, key);
        List<T> went = new ArrayList<>();
        List<Change<T>> changed = new ArrayList<>();
        before.forEach((name, thing) -> {
            T now = after.get(name);
            if (now == null) {
                went.add(thing);
            } else if (!content.apply(thing).equals(content.apply(now))) {
                changed.add(new Change<>(thing, now));
            }
        });
        List<T> came = after.entrySet().stream()
                .filter(entry -> !before.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return new Changes<>(went, came, changed);
    }

    private record Numbered(Object key, int number) {}

    private static <T> Map<Object, T> byKey(List<T> things, Function<T, Object> key) {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        Map<Object, T> byKey = new LinkedHashMap<>();
        for (T thing : things) {
            int number = counts.merge(key.apply(thing), 1, Integer::sum);
            byKey.put(new Numbered(key.apply(thing), number), thing);
        }
        return byKey;
    }
}
