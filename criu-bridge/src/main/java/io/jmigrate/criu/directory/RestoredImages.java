package io.jmigrate.criu.directory;

import com.google.protobuf.MessageLite;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.UtsNamespace;
import io.jmigrate.criu.mapping.CgroupImages;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.SocketMoves;
import io.jmigrate.criu.request.TreeRestoration;
import io.jmigrate.criu.verify.RootMode;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.store.DirectoryPages;
import io.jmigrate.pages.store.InheritedPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The images that a tree is restored from: those of the request, or an overlay of them where something is to be other than at the dump.
 *
 * @param path the directory
 * @param workDirectory where the log goes; never the overlay, which is gone when somebody wants to read it
 * @param overlay if there is one
 * @param inherited memory of earlier dumps that can come later, which the overlay hides from CRIU
 */
public record RestoredImages(
        Path path, Optional<Path> workDirectory, Optional<ImageOverlay> overlay, Optional<InheritedPages> inherited)
        implements AutoCloseable {
    private static final String FILE_IMAGE = "files.img";
    private static final String UTS_IMAGES = "utsns-*.img";
    private static final String INTERFACE_ADDRESSES = "ifaddr-*.img";

    /**
     * Makes what has to be made.
     *
     * @param interfaces addresses that interfaces of the restored tree have
     * @param cgroups what CRIU is to read in place of what the images say about them
     * @param rootMode that the root directory has, where it is another than in the images
     * @param scratch in the image directory
     * @throws Failure IMAGES_INVALID
     */
    public static RestoredImages of(
            TreeRestoration request,
            Set<InetAddress> interfaces,
            Optional<CgroupEntry> cgroups,
            Optional<RootMode> rootMode,
            ImageScratch scratch) {
        Path images = request.imageDirectory();
        Optional<String> hostname = request.terms().changes().hostname();
        SocketMoves moves = request.terms().moves();
        Optional<InheritedPages> inherited = inherited(request);
        if (hostname.isEmpty() && moves.isEmpty() && inherited.isEmpty() && cgroups.isEmpty() && rootMode.isEmpty()) {
            return new RestoredImages(images, request.workDirectory(), Optional.empty(), inherited);
        }
        ImageDirectory.requireComplete(images);
        ImageOverlay overlay = ImageOverlay.make(images, scratch.path().resolve("images"));
        try {
            hostname.ifPresent(name -> rename(overlay, name, images));
            if (!moves.isEmpty()) {
                move(overlay, moves, request.options().tcpClose(), interfaces, images);
            }
            rootMode.ifPresent(mode -> overlay.edit(FILE_IMAGE, ImageKind.FILES, FileEntry.parser(), mode::taken));
            inherited.ifPresent(pages -> hide(overlay, pages));
            cgroups.ifPresent(entry -> overlay.replace(CgroupImages.FILE, ImageKind.CGROUP, List.of(entry)));
            Path work = request.workDirectory().orElse(images);
            return new RestoredImages(overlay.path(), Optional.of(work), Optional.of(overlay), inherited);
        } catch (RuntimeException e) {
            try (overlay) {
                throw e;
            }
        }
    }

    /** Where there can be no overlay, CRIU reads the memory of earlier dumps first. */
    private static Optional<InheritedPages> inherited(TreeRestoration request) {
        boolean wanted = request.pages().isEmpty()
                && request.memory() != MemoryMode.EAGER
                && Files.isWritable(request.imageDirectory());
        return wanted ? InheritedPages.of(request.imageDirectory()) : Optional.empty();
    }

    private static void hide(ImageOverlay overlay, InheritedPages inherited) {
        inherited.pagemaps().forEach((process, pagemap) -> {
            List<MessageLite> entries = new ArrayList<>();
            entries.add(pagemap.head());
            entries.addAll(pagemap.entries());
            overlay.replace(PageImages.pagemap(process), ImageKind.PAGEMAP, entries);
        });
    }

    /** The memory of images that build on earlier ones. @throws Failure PAGES_IO */
    public Optional<PageStore> pages() {
        return inherited.map(found -> DirectoryPages.open(
                found.indexes(), () -> found.pagemaps().keySet().forEach(process -> overlay.orElseThrow()
                        .restore(PageImages.pagemap(process)))));
    }

    /** Shows images that have come since this was made. */
    public void refresh() {
        overlay.ifPresent(ImageOverlay::refresh);
    }

    private static void rename(ImageOverlay overlay, String hostname, Path images) {
        int renamed =
                overlay.edit(UTS_IMAGES, ImageKind.UTS_NAMESPACE, UtsNamespace.parser(), entry -> entry.toBuilder()
                        .setNodename(hostname)
                        .build());
        if (renamed == 0) {
            throw Failure.of(CriuCode.IMAGES_INVALID, images + " has no UTS namespace, and so no host name of its own")
                    .withRemedy("leave out --hostname");
        }
    }

    private static void move(
            ImageOverlay overlay, SocketMoves moves, boolean closes, Set<InetAddress> interfaces, Path images) {
        InetPorts ports = new InetPorts(moves.ports(), closes);
        InetAddresses addresses = new InetAddresses(moves.addresses(), closes, moves.foreign());
        UnaryOperator<FileEntry> edit;
        try {
            List<FileEntry> entries = ImageFile.read(images.resolve(FILE_IMAGE), ImageKind.FILES, FileEntry.parser());
            ports.check(entries);
            addresses.check(entries, interfaces);
            edit = addresses.edit(entries);
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the sockets in " + images + ": " + IoReason.of(e))
                    .withCause(e);
        }
        if (!moves.addresses().isEmpty() && overlay.holds(INTERFACE_ADDRESSES)) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            images + " holds a network namespace with its interfaces, whose addresses can't be changed")
                    .withRemedy("leave out --address");
        }
        overlay.edit(FILE_IMAGE, ImageKind.FILES, FileEntry.parser(), entry -> ports.moved(edit.apply(entry)));
    }

    @Override
    public void close() {
        overlay.ifPresent(ImageOverlay::close);
    }
}
