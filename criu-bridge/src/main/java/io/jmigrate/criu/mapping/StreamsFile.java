package io.jmigrate.criu.mapping;

import io.jmigrate.criu.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the images have to say of the standard streams, beside CRIU's own files. {@code descriptors.json} is runC's: a JSON list of
 * what {@code /proc/PID/fd/0} to {@code 2} are linked to, from which only pipes can be restored. {@code streams.img} (named so that other tools carry it along) adds the files and
 * devices of the host, a line each: number, kind, key.
 */
final class StreamsFile {
    static final String DESCRIPTORS = "descriptors.json";
    static final String STREAMS = "streams.img";

    private static final long BYTES_MAX = 64 << 10;
    private static final Pattern LINE = Pattern.compile("([012]) (pipe|file|device) (\\S{1,64})");
    private static final Pattern JSON_STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private StreamsFile() {}

    static void write(Path imageDirectory, List<String> targets, List<HostStream> streams) {
        try {
            Files.writeString(imageDirectory.resolve(DESCRIPTORS), json(targets));
            Files.write(
                    imageDirectory.resolve(STREAMS),
                    streams.stream().map(StreamsFile::line).toList());
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot write the list of standard streams: " + e.getMessage())
                    .withCause(e);
        }
    }

    /** Images that runC has made have only the list of links. */
    static List<HostStream> read(Path imageDirectory) {
        try {
            Path own = imageDirectory.resolve(STREAMS);
            return Files.exists(own)
                    ? bounded(own).lines().map(StreamsFile::parse).toList()
                    : pipesOf(bounded(imageDirectory.resolve(DESCRIPTORS)));
        } catch (IOException e) {
            throw invalid(imageDirectory, e.getMessage()).withCause(e);
        }
    }

    private static String bounded(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new IOException(file + " is too large");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String line(HostStream stream) {
        return stream.number() + " " + stream.kind().name().toLowerCase(Locale.ROOT) + " " + stream.key();
    }

    private static HostStream parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "the list of standard streams has a malformed line");
        }
        StreamKind kind = StreamKind.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        return new HostStream(Integer.parseInt(matcher.group(1)), kind, matcher.group(3));
    }

    private static List<HostStream> pipesOf(String json) {
        List<HostStream> pipes = new ArrayList<>();
        Matcher matcher = JSON_STRING.matcher(json);
        for (int number = 0; number <= 2 && matcher.find(); number++) {
            if (matcher.group(1).startsWith("pipe:[")) {
                pipes.add(new HostStream(number, StreamKind.PIPE, matcher.group(1)));
            }
        }
        return pipes;
    }

    private static String json(List<String> targets) {
        return targets.stream().map(StreamsFile::quoted).toList().toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static Failure invalid(Path imageDirectory, String why) {
        return Failure.of(
                CriuCode.IMAGES_INVALID, "cannot read the list of standard streams in " + imageDirectory + ": " + why);
    }
}
