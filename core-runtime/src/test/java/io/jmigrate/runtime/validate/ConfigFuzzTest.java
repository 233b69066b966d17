package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.CgroupMode;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.plan.PlanText;
import io.jmigrate.runtime.plan.Plans;
import io.jmigrate.runtime.spec.DefaultSpec;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.SpecReading;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a config.json holds, the outcome is a plan or a failure that says what is wrong with it. */
class ConfigFuzzTest {
    private static final Path SYS = Path.of("/sys/fs/cgroup");
    private static final int TRIES = 1000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> WORDS = List.of(
            "",
            "/",
            "..",
            "/..",
            "../../etc",
            "/proc/self/fd/7",
            "/dev",
            "/dev/null",
            "rootfs",
            "bind",
            "rbind",
            "ro",
            "cgroup",
            "tmpfs",
            "proc",
            "user",
            "time",
            "pid",
            "network",
            "CAP_SYS_ADMIN",
            "RLIMIT_NOFILE",
            "rshared",
            "idmap",
            "a",
            "\u0000",
            "\ud800",
            "\ud83d\ude00",
            "x".repeat(5000),
            "net.ipv4.x",
            "-1",
            "io.jmigrate.network",
            "{}",
            "1.2.1",
            "2.0.0");
    private static final List<BigInteger> NUMBERS = List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.ONE.negate(),
            BigInteger.valueOf(Integer.MAX_VALUE),
            BigInteger.valueOf(0xffff_ffffL),
            BigInteger.valueOf(Long.MIN_VALUE),
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
            BigInteger.TEN.pow(200));

    private static Path bundle;

    @BeforeContainer
    static void makeBundle() throws IOException {
        bundle = Files.createTempDirectory("fuzz");
        Files.createDirectory(bundle.resolve("rootfs"));
    }

    @AfterContainer
    static void removeBundle() throws IOException {
        Files.delete(bundle.resolve("rootfs"));
        Files.delete(bundle);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void endsWellForAnyChangeOfAValidDocument(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode document = random.nextBoolean()
                ? DefaultSpec.rootful().document()
                : DefaultSpec.rootless(1000, 1000).document();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            change(document, random);
        }
        judge(JsonText.compact(document));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void endsWellForAnyChangeOfTheBytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = Specs.write(DefaultSpec.rootful());
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        judge(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
    }

    @Property(tries = 300)
    void endsWellForAnyBytes(@ForAll byte[] bytes) {
        judge(bytes);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void writesBackWhatItRead(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode document = DefaultSpec.rootful().document();
        for (int i = 0; i < 20; i++) {
            change(document, random);
        }
        Spec spec = Specs.parse(JsonText.pretty(document), "fuzz").spec();
        assertThat(spec.document()).isEqualTo(document);
        assertThat(Specs.parse(Specs.write(spec), "again").spec().document()).isEqualTo(document);
    }

    private static void judge(byte[] json) {
        try {
            SpecReading reading = Specs.parse(json, "config.json");
            compile(Configs.resolve(bundle, reading));
        } catch (Failure failure) {
            assertThat(failure.code()).isIn(RuntimeCode.INVALID_CONFIG, RuntimeCode.UNSUPPORTED);
            assertThat(failure.details())
                    .allMatch(line -> line.startsWith("$") && line.lines().count() == 1);
        } catch (RuntimeException | StackOverflowError e) {
            fail("for " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    private static void compile(Config config) {
        for (CgroupMode mode : CgroupMode.values()) {
            List<CgroupPlace> places = List.of(new CgroupPlace(
                    mode == CgroupMode.V1 ? List.of("memory") : List.of(),
                    SYS.resolve("memory"),
                    SYS.resolve("memory/x")));
            assertThat(PlanText.lines(
                            Plans.create(config, new HostFacts(mode, places, 40, -1, Optional.empty(), Rights.ROOT))))
                    .contains(" execute ");
        }
    }

    private static void change(ObjectNode document, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object) {
            changeObject(object, random);
        } else if (container instanceof ArrayNode array) {
            changeArray(array, random);
        }
    }

    private static void changeObject(ObjectNode object, Random random) {
        List<String> names =
                new ArrayList<>(object.propertyStream().map(Map.Entry::getKey).toList());
        names.add(WORDS.get(random.nextInt(WORDS.size())));
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            object.remove(name);
        } else if (isPassable(name)) {
            object.set(name, value(random, 0));
        }
    }

    private static void changeArray(ArrayNode array, Random random) {
        if (!array.isEmpty() && random.nextBoolean()) {
            JsonNode copied = array.get(random.nextInt(array.size())).deepCopy();
            array.insert(random.nextInt(array.size() + 1), random.nextBoolean() ? copied : value(random, 0));
        } else {
            array.add(value(random, 0));
        }
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> number(random);
            case 3, 4 -> text(random);
            case 5 -> NODES.arrayNode().add(value(random, depth + 1));
            default -> NODES.objectNode().set("type", value(random, depth + 1));
        };
    }

    private static JsonNode number(Random random) {
        BigInteger number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        if (number.bitLength() < Integer.SIZE) {
            return NODES.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }

    private static JsonNode text(Random random) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return NODES.textNode(isPassable(word) ? word : "");
    }

    /** Half a surrogate pair can't be written as UTF-8; the byte properties cover escapes. */
    private static boolean isPassable(String word) {
        return !word.equals("\ud800");
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
