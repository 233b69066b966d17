package io.jmigrate.criu.confine;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.inspect.ImageDirectory;
import io.jmigrate.criu.inspect.ImageSource;
import io.jmigrate.criu.inspect.Images;
import io.jmigrate.criu.mapping.RootLinks;
import io.jmigrate.criu.verify.HostFiles;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Compares images with the config of the container that they are to become. */
public final class ImageExcesses {
    private ImageExcesses() {}

    /**
     * All in which images exceed the config.
     *
     * @param config of the container, whose root filesystem is in its place
     * @param limits what its limits are to become, if they were changed before the dump
     * @param surroundings of its place
     * @param cgroups what is left of what the images say about them
     * @throws Failure IMAGES_INVALID
     */
    public static List<Excess> find(
            Path imageDirectory,
            Config config,
            Optional<Resources> limits,
            Surroundings surroundings,
            ConfinedCgroups cgroups) {
        List<Excess> all = new ArrayList<>(find(imageDirectory, config, surroundings, cgroups));
        limits.ifPresent(changed -> all.addAll(LimitExcesses.find(config.resources(), changed)));
        return List.copyOf(all);
    }

    private static List<Excess> find(
            Path imageDirectory, Config config, Surroundings surroundings, ConfinedCgroups cgroups) {
        HostFiles files = new HostFiles(config);
        Predicate<String> exists = path ->
                files.find(path).map(Files::exists).orElseGet(() -> isKernels(path) && Files.exists(Path.of(path)));
        UnaryOperator<String> links = new RootLinks(config.rootfs().path())::resolve;
        return find(ImageDirectory.at(imageDirectory), config, surroundings, cgroups, links, exists);
    }

    /** What the kernel shows is the same everywhere. */
    private static boolean isKernels(String path) {
        return path.startsWith("/proc/") || path.startsWith("/sys/");
    }

    /**
     * The same, where the root filesystem is an argument.
     *
     * @param links resolves symbolic links in a path of the container
     * @param exists whether there is such a path in the container
     */
    static List<Excess> find(
            ImageSource source,
            Config config,
            Surroundings surroundings,
            ConfinedCgroups cgroups,
            UnaryOperator<String> links,
            Predicate<String> exists) {
        Images images = new Images(source);
        return Stream.of(
                        new ProcessExcesses(config, surroundings).find(images),
                        new NamespaceExcesses(config, cgroups).find(images),
                        new MountExcesses(config, links, exists).find(images))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /**
     * Refuses what nobody has consented to.
     *
     * @param subject the container
     * @param consented parts that may exceed the bundle
     * @throws Failure IMAGES_EXCEED
     */
    public static void refuse(String subject, List<Excess> excesses, Set<ConfinedPart> consented) {
        List<String> refused = excesses.stream()
                .filter(excess -> !consented.contains(excess.part()))
                .map(Excess::toString)
                .toList();
        if (!refused.isEmpty()) {
            throw Failure.of(
                            CriuCode.IMAGES_EXCEED,
                            "cannot restore " + subject + ": its images have more than its bundle gives")
                    .withDetails(refused);
        }
    }
}
