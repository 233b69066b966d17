package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.TaskIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** files.img, and the descriptors of each process in the fdinfo-N.img that its ids-PID.img names. */
final class FileImages {
    private static final String FILES = "files.img";

    /** By number, enum fd_types of images/fdinfo.proto. */
    private static final List<String> KINDS = List.of(
            "unknown",
            "file",
            "pipe",
            "fifo",
            "socket",
            "unix-socket",
            "eventfd",
            "epoll",
            "inotify",
            "signalfd",
            "packet-socket",
            "tty",
            "fanotify",
            "netlink-socket",
            "namespace",
            "tun",
            "external",
            "timerfd",
            "memfd",
            "bpf-map",
            "pidfd");

    private final Images images;
    private final Budget budget;
    private Optional<Map<Integer, OpenFile>> open = Optional.empty();

    FileImages(Images images, Budget budget) {
        this.images = images;
        this.budget = budget;
    }

    /** What is open, whoever has opened it. */
    private record OpenFile(String kind, String name, Optional<Long> position, Optional<ImagedSocket> socket) {
        ImagedFile at(int pid, int descriptor) {
            return new ImagedFile(pid, descriptor, kind, name, position, socket);
        }
    }

    /** By process and then by number. */
    List<ImagedFile> read(List<ImagedProcess> processes) {
        Map<Integer, OpenFile> files = openFiles();
        List<ImagedFile> descriptors = new ArrayList<>();
        for (ImagedProcess process : processes) {
            String ids = "ids-" + process.pid() + ".img";
            images.only(ids, ImageKind.IDS, TaskIds.parser())
                    .ifPresent(task -> table(process.pid(), task.getFilesId(), files, descriptors));
        }
        return descriptors;
    }

    /** The name of each open or mapped file that has one, by the number that other images know it by. */
    Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        openFiles().forEach((id, file) -> names.put(id, file.name()));
        return names;
    }

    private void table(int pid, int filesId, Map<Integer, OpenFile> files, List<ImagedFile> descriptors) {
        String name = "fdinfo-" + Integer.toUnsignedString(filesId) + ".img";
        images.each(name, ImageKind.FDINFO, FdinfoEntry.parser(), entry -> {
            OpenFile file = files.get(entry.getId());
            if (file == null) {
                throw new ImageException(name + " names file " + Integer.toUnsignedString(entry.getId()) + ", which "
                        + FILES + " lacks");
            }
            budget.line(name, file.name());
            descriptors.add(file.at(pid, entry.getFd()));
        });
    }

    /** Read once. */
    private Map<Integer, OpenFile> openFiles() {
        if (open.isEmpty()) {
            open = Optional.of(Map.copyOf(readOpenFiles()));
        }
        return open.get();
    }

    private Map<Integer, OpenFile> readOpenFiles() {
        Map<Integer, OpenFile> files = new HashMap<>();
        images.each(FILES, ImageKind.FILES, FileEntry.parser(), entry -> {
            OpenFile file = file(entry);
            budget.line(FILES, file.name());
            files.put(entry.getId(), file);
        });
        return files;
    }

    private static OpenFile file(FileEntry entry) throws ImageException {
        Optional<ImagedSocket> socket = socket(entry);
        Optional<Long> position = entry.hasReg() ? Optional.of(entry.getReg().getPos()) : Optional.empty();
        return new OpenFile(kind(entry.getType()), Names.checked(FILES, name(entry, socket)), position, socket);
    }

    private static String kind(int number) {
        return number > 0 && number < KINDS.size() ? KINDS.get(number) : KINDS.getFirst();
    }

    private static Optional<ImagedSocket> socket(FileEntry entry) throws ImageException {
        if (entry.hasIsk()) {
            return Optional.of(SocketEntries.inet(FILES, entry.getIsk()));
        }
        return entry.hasUsk() ? Optional.of(SocketEntries.unix(FILES, entry.getUsk())) : Optional.empty();
    }

    private static String name(FileEntry entry, Optional<ImagedSocket> socket) {
        if (entry.hasReg()) {
            return entry.getReg().getName();
        }
        if (entry.hasPipe()) {
            return "pipe:[" + Integer.toUnsignedString(entry.getPipe().getPipeId()) + "]";
        }
        return socket.map(ImagedSocket::local).orElse("");
    }
}
