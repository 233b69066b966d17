package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.compare.PageWord;
import io.jmigrate.pages.kept.PageName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** One message of every kind that the protocol has, with any values: a kind that is added later is among them. */
public final class SampleMessages {
    private static final int PAGES_MAX = 3;
    private static final int TRIES = 100;

    private final Random random;
    private final List<String> texts;

    SampleMessages(Random random) {
        this(random, List.of());
    }

    /** @param texts that every text is one of; any where there are none */
    public SampleMessages(Random random, List<String> texts) {
        this.random = random;
        this.texts = texts;
    }

    /** One of the data messages, each kind as often as another. */
    public DataMessage data() {
        Class<?>[] kinds = DataMessage.class.getPermittedSubclasses();
        return data(kinds[random.nextInt(kinds.length)]);
    }

    /** All kinds of both sorts of messages, as frames. */
    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        kinds(ControlMessage.class).forEach(kind -> frames.add(ControlText.encode((ControlMessage) record(kind))));
        kinds(DataMessage.class).forEach(kind -> frames.add(DataFrames.encode(data(kind))));
        return frames;
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(SampleMessages::kinds);
    }

    /** Some have bytes that must be as many as they say. */
    public DataMessage data(Class<?> kind) {
        PageRun run = run();
        if (kind == DataMessage.Pages.class) {
            return new DataMessage.Pages(run, ByteBuffer.wrap(bytes((int) run.bytes())));
        }
        if (kind == DataMessage.KnownPages.class) {
            return new DataMessage.KnownPages(run, run.part(run.address(), run.bytes()));
        }
        if (kind == DataMessage.CompressedPages.class) {
            return new DataMessage.CompressedPages(run, ByteBuffer.wrap(bytes(random.nextInt(PageRun.PAGE_BYTES))));
        }
        if (kind == DataMessage.PageWords.class) {
            return new DataMessage.PageWords(run, random.nextLong(), bytes((int) run.pages() * PageWord.BYTES));
        }
        if (kind == DataMessage.KeptNames.class) {
            return new DataMessage.KeptNames(bytes((int) run.pages() * PageName.BYTES));
        }
        return (DataMessage) record(kind);
    }

    private PageRun run() {
        long address = random.nextLong(1L << 35) * PageRun.PAGE_BYTES;
        return new PageRun(
                new PageTarget.ProcessMemory(random.nextInt(1, 1000)),
                address,
                random.nextInt(1, PAGES_MAX + 1),
                PageContent.PRESENT_LAZY);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        if (!texts.isEmpty()) {
            return texts.get(random.nextInt(texts.size()));
        }
        if (random.nextInt(3) == 0) {
            return "10.0.0." + random.nextInt(1, 255);
        }
        return HexFormat.of().formatHex(bytes(random.nextInt(3) * random.nextInt(10)));
    }

    /** Values that don't go together are drawn anew. */
    private Object record(Class<?> type) {
        Throwable why = null;
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                return drawn(type);
            } catch (InvocationTargetException e) {
                why = e.getCause();
            }
        }
        throw new AssertionError("this test has to learn what values " + type + " takes", why);
    }

    private Object drawn(Class<?> type) throws InvocationTargetException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components)
                .map(component -> value(component.getType(), component.getGenericType()))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Object value(Class<?> type, Type generic) {
        return switch (type.getName()) {
            case "java.lang.String" -> text();
            case "boolean" -> random.nextBoolean();
            case "int", "java.lang.Integer" -> random.nextInt(1, 100_000);
            case "long", "java.lang.Long" -> random.nextLong(1L << random.nextInt(1, 41));
            case "[B" -> bytes(random.nextInt(1, 100));
            case "java.util.List" -> List.of(argument(generic, 0), argument(generic, 0));
            case "java.util.Set" -> Set.of(argument(generic, 0));
            case "java.util.Map" ->
                random.nextBoolean() ? Map.of() : Map.of(argument(generic, 0), argument(generic, 1));
            case "java.util.Optional" -> Optional.of(argument(generic, 0));
            case "java.util.OptionalLong" -> OptionalLong.of(random.nextLong(1L << random.nextInt(1, 41)));
            default -> composed(type);
        };
    }

    private Object argument(Type generic, int index) {
        Type argument = ((ParameterizedType) generic).getActualTypeArguments()[index];
        return argument instanceof ParameterizedType inner
                ? value((Class<?>) inner.getRawType(), inner)
                : value((Class<?>) argument, argument);
    }

    private Object composed(Class<?> type) {
        if (type == MigrationId.class) {
            return MigrationId.random();
        }
        if (type == PageRun.class) {
            return run();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type.isSealed()) {
            Class<?>[] kinds = type.getPermittedSubclasses();
            return record(kinds[random.nextInt(kinds.length)]);
        }
        if (type.isRecord()) {
            return record(type);
        }
        throw new AssertionError("this test has to learn to make a " + type);
    }
}
