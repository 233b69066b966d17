package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Capabilities;
import io.jmigrate.runtime.plan.step.IdMapping;
import io.jmigrate.runtime.plan.step.Seccomp;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A step as people read it: its name and its fields, without those that say nothing. It is taken from the record itself, so that
 * a new kind of step shows up without further ado.
 *
 * @param name such as {@code join-namespace}
 * @param fields each a text or a list of texts, in the order of the record
 */
record StepView(String name, Map<String, Object> fields) {
    static StepView of(Step step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Record shown = shownRecord(step);
        for (RecordComponent component : shown.getClass().getRecordComponents()) {
            value(shown, component).ifPresent(value -> fields.put(kebab(component.getName()), value));
        }
        return new StepView(kebab(step.getClass().getSimpleName()), fields);
    }

    /** A filter's own fields say what it is. */
    private static Record shownRecord(Step step) {
        return step instanceof Seccomp(SeccompFilter filter) ? filter : (Record) step;
    }

    private static Optional<Object> value(Record step, RecordComponent component) {
        Object value = read(step, component);
        if (step instanceof io.jmigrate.runtime.plan.step.Capabilities) {
            return Optional.of(Capabilities.namesIn((long) value));
        }
        if (component.getName().equals("mode") || component.getName().equals("mask")) {
            return Optional.of("%04o".formatted(value));
        }
        return shown(value);
    }

    private static Optional<Object> shown(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.flatMap(StepView::shown);
            case Collection<?> collection when collection.isEmpty() -> Optional.empty();
            case Collection<?> collection ->
                Optional.of(List.copyOf(collection.stream().map(StepView::text).toList()));
            case Boolean flag when !flag -> Optional.empty();
            default -> Optional.of(text(value)).filter(text -> !text.isEmpty()).map(Object.class::cast);
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case IdMapping(long containerId, long hostId, long size) -> containerId + ":" + hostId + ":" + size;
            case Integer number -> Integer.toString(number);
            case Long number -> Long.toUnsignedString(number);
            default -> value.toString();
        };
    }

    private static Object read(Record step, RecordComponent component) {
        try {
            return component.getAccessor().invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reading " + component + " of a step", e);
        }
    }

    private static String kebab(String camel) {
        StringBuilder kebab = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c) && !kebab.isEmpty()) {
                kebab.append('-');
            }
            kebab.append(Character.toLowerCase(c));
        }
        return kebab.toString();
    }
}
