package io.jmigrate.cli.option;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * What a verb takes: its description, options, arguments and examples.
 *
 * <p>Declared by calls and not by annotations: reading annotations makes the JVM write a class for each kind of them, which is a
 * third of a short command's time.
 */
public final class Declaration {
    private static final int COLUMNS = 100;

    private final CommandSpec spec;
    private int arguments;

    private Declaration(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Starts the declaration of a command.
     *
     * @param command what the parser hands back when the command is called
     * @param name the word that calls it
     * @param description one sentence first, then more lines; picocli's formatting ({@code %n}, {@code @|bold …|@}) applies
     */
    public static Declaration of(Object command, String name, String... description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage().description(description).width(COLUMNS).commandListHeading("%nCommands:%n");
        return new Declaration(spec);
    }

    /** Lines below the options: what to type, and what it does. */
    public Declaration examples(String... lines) {
        String[] footer = new String[lines.length + 1];
        footer[0] = "%nExamples:";
        for (int i = 0; i < lines.length; i++) {
            footer[i + 1] = "  " + lines[i].replace("%", "%%");
        }
        spec.usageMessage().footer(footer);
        return this;
    }

    /** The option that shows the help. */
    public Declaration help() {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        return this;
    }

    /** An option without a value. */
    public Declaration flag(String names, String description, Consumer<Boolean> given) {
        spec.addOption(OptionSpec.builder(split(names))
                .type(boolean.class)
                .arity("0")
                .description(description)
                .setter(setter(given))
                .build());
        return this;
    }

    /** An option with a value. */
    public <T> Declaration option(
            String names, String label, String description, Function<String, T> parse, Consumer<T> given) {
        spec.addOption(valued(names, label, description, parse)
                .type(Object.class)
                .setter(setter(given))
                .build());
        return this;
    }

    /** An option with a value that may be given more than once; each value is handed over. */
    public <T> Declaration repeated(
            String names, String label, String description, Function<String, T> parse, Consumer<T> given) {
        spec.addOption(valued(names, label, description, parse)
                .type(Object[].class)
                .setter(setterOfEach(given))
                .build());
        return this;
    }

    private static OptionSpec.Builder valued(
            String names, String label, String description, Function<String, ?> parse) {
        return OptionSpec.builder(split(names))
                .arity("1")
                .paramLabel(label)
                .description(description)
                .converters(converter(parse));
    }

    /** An argument that must be given. */
    public <T> Declaration argument(String label, String description, Function<String, T> parse, Consumer<T> given) {
        return positional(label, description, "1", parse, given);
    }

    /** An argument that may be left out. */
    public <T> Declaration optionalArgument(
            String label, String description, Function<String, T> parse, Consumer<T> given) {
        return positional(label, description, "0..1", parse, given);
    }

    /** An argument that must be given, and may be more than once; each is handed over. */
    public <T> Declaration arguments(String label, String description, Function<String, T> parse, Consumer<T> given) {
        spec.addPositional(PositionalParamSpec.builder()
                .index(arguments + "..*")
                .arity("1..*")
                .required(true)
                .type(Object[].class)
                .paramLabel(label)
                .description(description)
                .converters(converter(parse))
                .setter(setterOfEach(given))
                .build());
        return this;
    }

    private <T> Declaration positional(
            String label, String description, String arity, Function<String, T> parse, Consumer<T> given) {
        spec.addPositional(PositionalParamSpec.builder()
                .index(Integer.toString(arguments++))
                .arity(arity)
                .required(arity.equals("1"))
                .type(Object.class)
                .paramLabel(label)
                .description(description)
                .converters(converter(parse))
                .setter(setter(given))
                .build());
        return this;
    }

    /** All words from here on, options of this program or not; each is handed over. */
    public Declaration rest(String label, String description, Consumer<String> given) {
        spec.addPositional(PositionalParamSpec.builder()
                .index(arguments + "..*")
                .arity("0..*")
                .type(String[].class)
                .paramLabel(label)
                .description(description)
                .setter(setterOfEach(given))
                .build());
        spec.parser().stopAtPositional(true);
        return this;
    }

    /** The finished model. */
    public CommandLine commandLine() {
        return new CommandLine(spec);
    }

    /** The model, for what this class has no word for. */
    public CommandSpec spec() {
        return spec;
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    @SuppressWarnings("unchecked") // an element has the type that the option's converter makes
    private static <V> ISetter setterOfEach(Consumer<V> consumer) {
        return setter((Object[] values) -> Stream.of(values).forEach(value -> consumer.accept((V) value)));
    }

    private static <V> ISetter setter(Consumer<V> consumer) {
        return new ISetter() {
            @Override
            @SuppressWarnings("unchecked") // a value has the type that the option's converter makes
            public <T> T set(T value) {
                if (value != null) {
                    consumer.accept((V) value);
                }
                return value;
            }
        };
    }

    private static String[] split(String names) {
        return names.split(", ", -1);
    }
}
