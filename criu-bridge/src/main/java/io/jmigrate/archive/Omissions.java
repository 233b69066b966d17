package io.jmigrate.archive;

import io.jmigrate.archive.layout.Layout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a conversion leaves out, for the caller to know. */
final class Omissions {
    private final Layout to;
    private final Set<String> leftOut = new LinkedHashSet<>();
    private boolean differs;
    private boolean ofContainerd;

    Omissions(Layout to) {
        this.to = to;
    }

    /** @param place none if the member is left out */
    void note(String name, Optional<String> place) {
        differs |= name.equals(ArchiveLayout.ROOTFS_DIFF);
        ofContainerd |= name.equals("status.dump");
        if (place.isEmpty() && !name.isEmpty()) {
            int slash = name.indexOf('/');
            leftOut.add(slash < 0 ? name : name.substring(0, slash));
        }
    }

    /** @param signed whether there was a signature */
    List<String> sentences(boolean signed) {
        List<String> sentences = new ArrayList<>();
        leftOut.stream().filter(Omissions::matters).forEach(name -> sentences.add(sentence(name)));
        if (signed) {
            sentences.add("the signature is left out: what was signed was the other archive");
        }
        if (differs && ofContainerd && to != Layout.CONTAINERD) {
            sentences.add(
                    "rootfs-diff.tar is containerd's: files that the container deleted are marked in it by .wh.NAME, "
                            + "which others take for files");
        }
        return List.copyOf(sentences);
    }

    /** What engines tell of themselves is of no interest to another. */
    private static boolean matters(String name) {
        return !Set.of(ArchiveLayout.NETWORK_STATUS, "status", "status.dump", "bind.mounts")
                .contains(name);
    }

    private static String sentence(String name) {
        return MemberName.printable(name) + " is left out"
                + switch (name) {
                    case "volumes" -> ": the content of named volumes has no place there";
                    case ArchiveLayout.SHARED_MEMORY -> ": the files of /dev/shm have no place there";
                    case "ctr.log", "container.log", "io.kubernetes.cri-o.LogPath" ->
                        ": the container's log has no place there";
                    default -> ": it has no place there";
                };
    }
}
