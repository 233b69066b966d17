package io.jmigrate.runtime.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.plan.step.Step;
import java.util.List;
import java.util.stream.Collectors;

/** Plans for people and for comparisons. */
public final class PlanText {
    private PlanText() {}

    /** One step a line: its number, its name and its fields as {@code name=value}. */
    public static String lines(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < plan.steps().size(); i++) {
            text.append("%3d %s%n".formatted(i, line(plan.steps().get(i))));
        }
        return text.toString();
    }

    /** {@code {"version":1,"steps":[{"step":"mount","source":"tmpfs",…}]}}, indented. */
    public static byte[] json(Plan plan) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("version", plan.version());
        ArrayNode steps = document.putArray("steps");
        for (Step step : plan.steps()) {
            StepView view = StepView.of(step);
            ObjectNode object = steps.addObject().put("step", view.name());
            view.fields().forEach((name, value) -> put(object, name, value));
        }
        return JsonText.pretty(document);
    }

    private static void put(ObjectNode object, String name, Object value) {
        if (value instanceof List<?> list) {
            ArrayNode array = object.putArray(name);
            list.forEach(element -> array.add(element.toString()));
        } else {
            object.put(name, value.toString());
        }
    }

    private static String line(Step step) {
        StepView view = StepView.of(step);
        StringBuilder line = new StringBuilder(view.name());
        view.fields()
                .forEach((name, value) ->
                        line.append(' ').append(name).append('=').append(shown(value)));
        return line.toString();
    }

    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> quoted(element.toString())).collect(Collectors.joining(",", "[", "]"));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
        return plain ? text : JsonPath.quote(text);
    }
}
