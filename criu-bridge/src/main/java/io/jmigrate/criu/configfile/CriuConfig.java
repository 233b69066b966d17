package io.jmigrate.criu.configfile;

import io.jmigrate.criu.configfile.OptionVerdict.Added;
import io.jmigrate.criu.configfile.OptionVerdict.Idle;
import io.jmigrate.criu.configfile.OptionVerdict.Overrides;
import io.jmigrate.criu.configfile.OptionVerdict.Refused;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.BoundedFile;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The configuration file of a container, judged.
 *
 * @param options those that CRIU gets
 * @param warnings a sentence for each that is taken in place of what was asked for, or left out
 */
public record CriuConfig(List<ConfigOption> options, List<String> warnings) {
    /** The annotation that names it, as runc has it; empty for none at all. */
    public static final String ANNOTATION = "org.criu.config";

    /** That of containers without the annotation, as runc has it. */
    public static final Path DEFAULT = Path.of("/etc/criu/runc.conf");

    /** Says nothing. */
    public static final CriuConfig NONE = new CriuConfig(List.of(), List.of());

    private static final int BYTES_MAX = 64 << 10;

    public CriuConfig {
        options = List.copyOf(options);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads and judges the file of a container, and tells of the warnings; one that doesn't exist says nothing, as in runc.
     *
     * @param annotations of the container
     * @param restore whether it is for a restore, and not for a dump
     * @param request what CRIU is asked for otherwise
     * @throws Failure CRIU_CONFIG if it is unreadable or says what can't be
     */
    public static CriuConfig of(
            Map<String, String> annotations, boolean restore, TreeOptions request, Consumer<String> warning) {
        CriuConfig config = of(annotations, DEFAULT, restore, request);
        config.warnings().forEach(warning);
        return config;
    }

    static CriuConfig of(Map<String, String> annotations, Path byDefault, boolean restore, TreeOptions request) {
        String named = annotations.getOrDefault(ANNOTATION, byDefault.toString());
        if (named.isEmpty()) {
            return NONE;
        }
        Path file = Path.of(named);
        if (!file.isAbsolute()) {
            throw Failure.of(
                    CriuCode.CRIU_CONFIG, "the annotation " + ANNOTATION + " must name an absolute path, is " + named);
        }
        return text(file).map(text -> judged(file, text, restore, request)).orElse(NONE);
    }

    /** That which somebody has named for one act: it has to be there. */
    static CriuConfig ofNamed(Path file, boolean restore, TreeOptions request) {
        String text = text(file)
                .orElseThrow(() -> Failure.of(
                        CriuCode.CRIU_CONFIG, "cannot read CRIU's configuration file " + file + ": no such file"));
        return judged(file, text, restore, request);
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(BoundedFile.read(file, BYTES_MAX), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.of(
                            CriuCode.CRIU_CONFIG,
                            "cannot read CRIU's configuration file " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static CriuConfig judged(Path file, String text, boolean restore, TreeOptions request) {
        List<ConfigOption> taken = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (ConfigOption option : read(file, text)) {
            String place = file + ", line " + option.line() + ": " + option.name();
            switch (OptionVerdicts.of(option, restore, request)) {
                case Added() -> taken.add(option);
                case Overrides(String what) -> {
                    taken.add(option);
                    warnings.add(place + " overrides the command: " + what);
                }
                case Idle(String _) -> {}
                case Refused(String why) -> refused.add(place + ": " + why);
            }
        }
        if (!refused.isEmpty()) {
            throw Failure.of(CriuCode.CRIU_CONFIG, "CRIU's configuration file " + file + " says what can't be here")
                    .withDetails(refused);
        }
        return new CriuConfig(taken, warnings);
    }

    private static List<ConfigOption> read(Path file, String text) {
        try {
            return ConfigText.read(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(CriuCode.CRIU_CONFIG, "CRIU's configuration file " + file + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    /** What an option says, empty if it has no value; nothing if it isn't there. The last one counts. */
    public Optional<String> value(String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .reduce((_, later) -> later)
                .map(option -> option.value().orElse(""));
    }

    /** With one more option, for what CRIU takes in no other way. */
    public CriuConfig with(String name, String value) {
        List<ConfigOption> more = new ArrayList<>(options);
        more.add(new ConfigOption(name, Optional.of(value), 0));
        return new CriuConfig(more, warnings);
    }

    /** The file that CRIU gets, for as long as the descriptor is open; none if there is nothing to say. */
    public Optional<Fd> open() {
        if (options.isEmpty()) {
            return Optional.empty();
        }
        byte[] text = ConfigText.write(options).getBytes(StandardCharsets.UTF_8);
        return Optional.of(Descriptors.memfd("criu.conf", ByteBuffer.wrap(text), true));
    }
}
