package io.jmigrate.cli.startup;

import io.jmigrate.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A main class for the JVM that the build trains (src/dist/train): {@code Rehearsal MAIN ARGUMENTS…}. Before it becomes the program it
 * loads every class of ours, has two nodes talk to each other, and migrates a container ({@code -Djmigrate.rehearsal=BUNDLE}) where it
 * can. The start-up cache that this JVM writes at its end holds all of it then, and a migration makes no classes while its container
 * stands still.
 */
public final class Rehearsal {
    private static final String OURS = "io/jmigrate/";
    private static final String CLASS = ".class";
    private static final String BUNDLE = "jmigrate.rehearsal";

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        for (String jar : System.getProperty("java.class.path").split(":")) {
            for (String name : ownClasses(Path.of(jar))) {
                Class.forName(name, false, Rehearsal.class.getClassLoader());
            }
        }
        Conversation.hold();
        Optional.ofNullable(System.getProperty(BUNDLE)).map(Path::of).ifPresent(RehearsedMigration::of);
        Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static List<String> ownClasses(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name ->
                            name.startsWith(OURS) && name.endsWith(CLASS) && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .toList();
        }
    }
}
