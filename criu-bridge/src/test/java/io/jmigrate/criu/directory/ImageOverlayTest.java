package io.jmigrate.criu.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.UtsNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageOverlayTest {
    /** A utsns-12.img as CRIU 4.2.1 wrote it for a host name "busybox" and a domain name "(none)". */
    private static final byte[] UTS = HexFormat.of()
            .parseHex("19435654" + "03324754" + "11000000" + "0a07" + "62757379626f78" + "1206" + "286e6f6e6529");

    @TempDir
    Path directory;

    private Path images;

    @BeforeEach
    void makeImages() throws IOException {
        images = Files.createDirectory(directory.resolve("images"));
        Files.write(images.resolve("utsns-12.img"), UTS);
        Files.writeString(images.resolve("pages-1.img"), "pages");
        Files.createSymbolicLink(images.resolve("parent"), Path.of(".."));
    }

    @Test
    void showsChangedCopiesAndLeavesTheImagesAsTheyAre() throws IOException {
        Path path = images.resolve("overlay");
        try (ImageOverlay overlay = ImageOverlay.make(images, path)) {
            int edited = overlay.edit(
                    "utsns-*.img", ImageKind.UTS_NAMESPACE, UtsNamespace.parser(), entry -> entry.toBuilder()
                            .setNodename("other")
                            .build());

            assertThat(edited).isEqualTo(1);
            UtsNamespace changed = ImageFile.read(
                            path.resolve("utsns-12.img"), ImageKind.UTS_NAMESPACE, UtsNamespace.parser())
                    .getFirst();
            assertThat(List.of(changed.getNodename(), changed.getDomainname())).containsExactly("other", "(none)");
            assertThat(path.resolve("pages-1.img")).isRegularFile().hasContent("pages");
            assertThat(path.resolve("parent").toRealPath()).isEqualTo(directory.toRealPath());
            assertThat(images.resolve("utsns-12.img")).hasBinaryContent(UTS);
        }
        assertThat(path).doesNotExist();
        assertThat(images).isDirectoryContaining("glob:**pages-1.img");
    }

    @Test
    void showsWhatHasComeInTheMeantimeButNotInPlaceOfWhatWasChanged() throws IOException {
        Path path = images.resolve("overlay");
        try (ImageOverlay overlay = ImageOverlay.make(images, path)) {
            overlay.edit("utsns-*.img", ImageKind.UTS_NAMESPACE, UtsNamespace.parser(), entry -> entry.toBuilder()
                    .setNodename("other")
                    .build());
            Files.delete(images.resolve("pages-1.img"));
            Files.writeString(images.resolve("pages-1.img"), "more");
            Files.writeString(images.resolve("pages-2.img"), "new");

            overlay.refresh();

            assertThat(path.resolve("pages-1.img")).hasContent("more");
            assertThat(path.resolve("pages-2.img")).hasContent("new");
            assertThat(ImageFile.read(path.resolve("utsns-12.img"), ImageKind.UTS_NAMESPACE, UtsNamespace.parser())
                            .getFirst()
                            .getNodename())
                    .isEqualTo("other");
        }
    }
}
