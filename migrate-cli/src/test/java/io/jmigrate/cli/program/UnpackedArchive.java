package io.jmigrate.cli.program;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What is in an archive without a manifest, for somebody who changes it and packs it again. */
record UnpackedArchive(Path archive, Path directory) {
    /** Unpacks an archive that is not compressed. @param directory to be made */
    static UnpackedArchive of(Path archive, Path directory) throws IOException {
        Files.createDirectory(directory);
        Programs.run("tar", "-xf", archive.toString(), "-C", directory.toString(), "--exclude=manifest.*");
        return new UnpackedArchive(archive, directory);
    }

    /** The images. */
    Path images() {
        return directory.resolve("checkpoint");
    }

    /** Changes all entries of an image, in the archive too. */
    <M extends Message> void change(String image, ImageKind kind, Parser<M> parser, UnaryOperator<M> change)
            throws IOException {
        Path file = images().resolve(image);
        List<M> entries = ImageFile.read(file, kind, parser);
        ImageFile.replace(file, kind, entries.stream().map(change).toList());
        Programs.run("tar", "-cf", archive.toString(), "-C", directory.toString(), ".");
    }

    /** Changes what the images say of cgroups. */
    void changeCgroups(Consumer<CgroupEntry.Builder> change) throws IOException {
        change("cgroup.img", ImageKind.CGROUP, CgroupEntry.parser(), entry -> {
            CgroupEntry.Builder changed = entry.toBuilder();
            change.accept(changed);
            return changed.build();
        });
    }
}
