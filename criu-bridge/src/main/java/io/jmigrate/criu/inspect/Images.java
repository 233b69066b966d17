package io.jmigrate.criu.inspect;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads images of unknown origin entry by entry; what is wrong with one is a failure of the checkpoint that it belongs to. */
public final class Images {
    /** The largest entry accepted: an address space with 100,000 mappings. */
    static final int ENTRY_BYTES_MAX = 8 << 20;

    private final ImageSource source;

    public Images(ImageSource source) {
        this.source = source;
    }

    /** What is done with an entry. */
    @FunctionalInterface
    public interface Use<M> {
        void entry(M entry) throws ImageException;
    }

    /** The only entry of an image; empty if there is no such image. */
    public <M extends Message> Optional<M> only(String name, ImageKind kind, Parser<M> parser) {
        return reading(name, kind, reader -> reader.one(DiscardUnknownFieldsParser.wrap(parser)));
    }

    /** Hands over each entry of an image; of none if there is no such image. */
    public <M extends Message> void each(String name, ImageKind kind, Parser<M> parser, Use<M> use) {
        reading(name, kind, reader -> each(reader, DiscardUnknownFieldsParser.wrap(parser), use));
    }

    /** Returns how many there were. */
    private static <M extends Message> int each(ImageReader reader, Parser<M> parser, Use<M> use) throws IOException {
        int count = 0;
        for (Optional<M> entry = reader.next(parser); entry.isPresent(); entry = reader.next(parser)) {
            use.entry(entry.get());
            count++;
        }
        return count;
    }

    /** A pagemap: its head isn't needed, and its entries follow. */
    <M extends Message, N extends Message> void behindHead(String name, Parser<M> head, Parser<N> parser, Use<N> use) {
        reading(name, ImageKind.PAGEMAP, reader -> {
            reader.one(DiscardUnknownFieldsParser.wrap(head));
            return each(reader, DiscardUnknownFieldsParser.wrap(parser), use);
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ImageReader reader) throws IOException;
    }

    private <T> Optional<T> reading(String name, ImageKind kind, Reading<T> reading) {
        try {
            Optional<InputStream> image = source.open(name);
            if (image.isEmpty()) {
                return Optional.empty();
            }
            try (ImageReader reader = ImageReader.of(image.get(), name, kind, ENTRY_BYTES_MAX)) {
                return Optional.of(reading.read(reader));
            }
        } catch (IOException e) {
            throw source.unreadable(e);
        }
    }

    /** The images whose names are these words, a number and the ending, in the order of the numbers. */
    public List<String> numbered(String words) {
        Pattern pattern = Pattern.compile(Pattern.quote(words) + "(\\d{1,18})\\.img");
        List<Long> numbers = new ArrayList<>();
        for (String name : source.sizes().keySet()) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                numbers.add(Long.parseLong(matcher.group(1)));
            }
        }
        return numbers.stream().sorted().map(number -> words + number + ".img").toList();
    }

    /** The number in such a name, in digits. */
    public static String number(String name) {
        return name.substring(name.lastIndexOf('-') + 1, name.lastIndexOf('.'));
    }

    ImageSource source() {
        return source;
    }

    /** The failure that says what is wrong with an image. */
    RuntimeException wrong(String what) {
        return source.unreadable(new ImageException(what));
    }
}
