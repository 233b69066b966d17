package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.MountOptions;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The root filesystem and the paths inside that are taken from the container's reach. */
final class RootChecks {
    private static final String ROOT_PATH = "$.root.path";

    private RootChecks() {}

    static void check(Subject subject, Problems problems) {
        if (subject.spec().root().isEmpty()) {
            if (subject.lacks("root")) {
                problems.invalid("$.root", "is required");
            }
        } else {
            checkDirectory(subject, subject.spec().root().get().path(), problems);
        }
        subject.spec()
                .linux()
                .rootfsPropagation()
                .filter(name -> MountOptions.propagationNamed(name).isEmpty())
                .ifPresent(name -> problems.invalid(
                        "$.linux.rootfsPropagation", "is not a mount propagation: " + JsonPath.quote(name)));
    }

    private static void checkDirectory(Subject subject, String path, Problems problems) {
        if (path.isEmpty()) {
            problems.invalid(ROOT_PATH, "is required");
            return;
        }
        try {
            Path directory = subject.bundle().resolve(path);
            if (!Files.exists(directory)) {
                problems.invalid(ROOT_PATH, "does not exist: " + directory);
            } else if (!Files.isDirectory(directory)) {
                problems.invalid(ROOT_PATH, "is not a directory: " + directory);
            } else if (directory.toRealPath().getNameCount() == 0) {
                problems.invalid(ROOT_PATH, "must not be the root directory of the host");
            }
        } catch (InvalidPathException e) {
            problems.invalid(ROOT_PATH, "is not a path: " + JsonPath.quote(path));
        } catch (IOException e) {
            problems.invalid(ROOT_PATH, "cannot be read: " + IoReason.of(e));
        }
    }

    static void checkRestrictedPaths(Subject subject, Problems problems) {
        checkAbsolute("$.linux.maskedPaths", subject.spec().linux().maskedPaths(), problems);
        checkAbsolute("$.linux.readonlyPaths", subject.spec().linux().readonlyPaths(), problems);
    }

    private static void checkAbsolute(String path, List<String> values, Problems problems) {
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).startsWith("/")) {
                problems.invalid(
                        JsonPath.element(path, i), "must be an absolute path, is " + JsonPath.quote(values.get(i)));
            }
        }
    }
}
