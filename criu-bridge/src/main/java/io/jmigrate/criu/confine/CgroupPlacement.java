package io.jmigrate.criu.confine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where CRIU puts a tree in one hierarchy of cgroups, when it is told what takes the place of the dumped directories. It compares
 * and cuts texts and not names: {@code /web2} begins with {@code web} (criu/cgroup.c, rewrite_cgsets). The same is done here, step by
 * step, and what comes out is judged.
 *
 * <p>All texts are one character for each byte, as CRIU counts bytes.
 */
final class CgroupPlacement {
    private final String root;
    private final List<Place> members = new ArrayList<>();
    private final List<String> outside = new ArrayList<>();
    private final Set<String> own = new HashSet<>();

    /**
     * Where processes are.
     *
     * @param prefix how many bytes of the path are above the root of the cgroup namespace; empty without one
     */
    record Member(String path, OptionalLong prefix) {}

    /** A member as it changes. @param named as the images have it */
    private record Place(String named, String path, OptionalLong prefix) {
        static Place of(Member member) {
            return new Place(member.path(), bytes(member.path()), member.prefix());
        }

        /** CRIU takes the rest for granted, and would read beyond the text. */
        boolean isSound() {
            return path.startsWith("/") && cut() <= path.length();
        }

        boolean startsWith(String directory) {
            return path.startsWith(directory, 1);
        }

        /** As CRIU does, which takes a length of 0 for none here. */
        int cut() {
            return (int) Math.min(prefix.orElse(0), Integer.MAX_VALUE);
        }
    }

    private CgroupPlacement(String root) {
        this.root = bytes(root);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * Places what images name.
     *
     * @param root the container's cgroup, as in {@code /proc/PID/cgroup}
     * @param directories the uppermost that CRIU is to make, as in {@code jmigrate/web}
     */
    static CgroupPlacement of(String root, List<String> directories, List<Member> members) {
        CgroupPlacement placement = new CgroupPlacement(root);
        members.stream().map(Place::of).forEach(placement::member);
        directories.forEach(placement::directory);
        placement.members.stream()
                .filter(place -> !placement.holds(place))
                .map(Place::named)
                .forEach(placement.outside::add);
        return placement;
    }

    /** What would not be in the container's cgroup or below, as the images name it, each once. */
    List<String> outside() {
        return outside.stream().distinct().toList();
    }

    /** Whether it is the container's cgroup itself. @param directory as the images name it */
    boolean isOwn(String directory) {
        return own.contains(directory);
    }

    private void member(Place place) {
        if (place.isSound()) {
            members.add(place);
        } else {
            outside.add(place.named());
        }
    }

    private void directory(String named) {
        String directory = bytes(named);
        Optional<String> renamed = Optional.empty();
        for (int i = 0; i < members.size(); i++) {
            Place place = members.get(i);
            if (place.startsWith(directory)) {
                members.set(i, moved(place, directory));
                renamed = renamed.or(() -> Optional.of(renamed(place, directory)));
            }
        }
        String path = renamed.orElse("/" + directory);
        if (path.equals(root)) {
            own.add(named);
        }
        if (!isWithin(path)) {
            outside.add("/" + named);
        }
    }

    private Place moved(Place place, String directory) {
        boolean cut = place.cut() > 0;
        String rest = place.path().substring(cut ? place.cut() : directory.length() + 1);
        return new Place(place.named(), root + rest, cut ? OptionalLong.of(root.length()) : place.prefix());
    }

    /** Where it is cut behind its end, nobody knows what comes out: that is in no cgroup. */
    private String renamed(Place place, String directory) {
        if (place.cut() == 0) {
            return root;
        }
        int cut = place.cut() - 1;
        return cut <= directory.length() ? root + directory.substring(cut) : "";
    }

    private boolean holds(Place place) {
        return isWithin(place.path())
                && (place.prefix().isEmpty() || isWithin(place.path().substring(0, place.cut())));
    }

    private boolean isWithin(String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
