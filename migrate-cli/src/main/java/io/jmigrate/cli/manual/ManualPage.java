package io.jmigrate.cli.manual;

import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One manual page in roff (man(7)), section 1. */
final class ManualPage {
    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManualPage(CommandSpec spec) {
        this.spec = spec;
    }

    /** The whole text of the page for a command. */
    static String of(CommandSpec spec) {
        return new ManualPage(spec).text();
    }

    /** The page's name without a section: {@code jmigrate-node-serve}. */
    static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private String text() {
        request("TH", "\"" + name(spec).toUpperCase(java.util.Locale.ROOT) + "\" \"1\" \"\" \"jmigrate\"");
        section("NAME");
        line(name(spec) + " - " + firstSentence());
        section("SYNOPSIS");
        line(synopsis());
        section("DESCRIPTION");
        lines(spec.usageMessage().description());
        describeParameters();
        describeOptions();
        describeCommands();
        describeFooter();
        return page.toString();
    }

    private String firstSentence() {
        String[] description = spec.usageMessage().description();
        return description.length == 0 ? "" : plain(description[0]);
    }

    private String synopsis() {
        return spec.commandLine().getHelp().synopsis(0).strip();
    }

    private void describeParameters() {
        List<PositionalParamSpec> parameters = visible(spec.positionalParameters());
        if (!parameters.isEmpty()) {
            section("ARGUMENTS");
            parameters.forEach(parameter -> item(parameter.paramLabel(), parameter));
        }
    }

    private void describeOptions() {
        List<OptionSpec> options = visible(spec.options());
        if (!options.isEmpty()) {
            section("OPTIONS");
            options.forEach(option -> item(term(option), option));
        }
    }

    private static String term(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private void describeCommands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        spec.subcommands().forEach((name, command) -> {
            request("TP", "");
            request("B", escaped(name));
            lines(command.getCommandSpec().usageMessage().description());
        });
    }

    private void describeFooter() {
        String[] footer = spec.usageMessage().footer();
        if (footer.length > 0) {
            section("EXAMPLES");
            request("nf", "");
            lines(footer);
            request("fi", "");
        }
    }

    private static <T extends ArgSpec> List<T> visible(List<T> all) {
        return all.stream().filter(arg -> !arg.hidden()).toList();
    }

    private void item(String term, ArgSpec argument) {
        request("TP", "");
        request("B", escaped(term));
        lines(argument.description());
    }

    private void section(String title) {
        request("SH", title);
    }

    private void request(String name, String argument) {
        page.append('.')
                .append(name)
                .append(argument.isEmpty() ? "" : " " + argument)
                .append('\n');
    }

    private void lines(String... texts) {
        for (String text : texts) {
            line(text);
        }
    }

    private void line(String text) {
        String escaped = escaped(plain(text));
        page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    private static String plain(String text) {
        return Ansi.OFF.string(String.format(text));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
