package io.jmigrate.cli.verb;

import io.jmigrate.archive.ImportedArchive;
import io.jmigrate.archive.rootfs.ChangedFiles;
import io.jmigrate.archive.rootfs.RootfsChanges;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.RootSpec;
import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Path;

/**
 * The changed files that an imported archive brings.
 *
 * @param wanted whether they are applied; else they are mentioned
 */
record ImportedChanges(boolean wanted, Session session) {

    /**
     * Applies them to the root filesystem of a bundle, or says that they are not.
     *
     * @param name of the archive
     * @param spec of the bundle
     */
    void of(ImportedArchive archive, String name, Path bundle, Spec spec) {
        if (wanted) {
            requireUnused(bundle);
            RootfsChanges.apply(
                    name, new ChangedFiles(archive.rootfsDiff(), archive.deletedFiles()), rootfs(bundle, spec));
            return;
        }
        if (archive.rootfsDiff().isPresent()) {
            session.log()
                    .warning("rootfs-diff.tar of " + name
                            + " is not unpacked: the root filesystem has to hold those files already");
        }
        if (archive.deletedFiles().isPresent()) {
            session.log()
                    .warning("deleted.files of " + name
                            + " is not heeded: the root filesystem has to lack those files already");
        }
    }

    /** Files are not pulled away under a container that uses them. */
    private void requireUnused(Path bundle) {
        session.containers().list().list().containers().stream()
                .filter(container -> container.bundle().equals(bundle))
                .findFirst()
                .ifPresent(container -> {
                    throw Failure.of(
                            RuntimeCode.WRONG_STATE,
                            "cannot change the root filesystem of bundle " + bundle + ": "
                                    + container.id().inSentence() + " uses it");
                });
    }

    private static Path rootfs(Path bundle, Spec spec) {
        return bundle.resolve(spec.root()
                .map(RootSpec::path)
                .filter(path -> !path.isEmpty())
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INVALID_CONFIG, "config.json of " + bundle + " names no root filesystem")));
    }
}
