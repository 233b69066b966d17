package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.Credentials;
import io.jmigrate.criu.image.entry.ThreadCore;
import io.jmigrate.criu.inspect.Images;
import io.jmigrate.runtime.config.Capabilities;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.config.UserConfig;
import io.jmigrate.runtime.linux.Capability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rights of threads, which only shrink from those of the first process on (capabilities(7), seccomp(2)). */
final class ProcessExcesses {
    private static final int DEAD = 2;
    private static final int ZOMBIE = 6;
    private static final int FILTER = 2;

    private final ProcessConfig process;
    private final boolean filtered;
    private final ResourceExcesses resources;

    ProcessExcesses(Config config, Surroundings surroundings) {
        process = config.process();
        filtered = config.seccomp().isPresent();
        resources = new ResourceExcesses(config, surroundings);
    }

    List<Excess> find(Images images) {
        List<Excess> excesses = new ArrayList<>();
        for (String image : images.numbered("core-")) {
            String number = Images.number(image);
            images.only(image, ImageKind.CORE, CoreEntry.parser())
                    .filter(ProcessExcesses::runs)
                    .ifPresent(core -> {
                        excesses.addAll(of("thread " + number, core));
                        excesses.addAll(resources.of(number, core));
                    });
        }
        return excesses;
    }

    /** What has ended has no rights. */
    private static boolean runs(CoreEntry core) {
        int state = core.getTc().getTaskState();
        return !core.hasTc() || state != DEAD && state != ZOMBIE;
    }

    private List<Excess> of(String thread, CoreEntry entry) {
        ThreadCore core = entry.getThreadCore();
        if (!core.hasCreds()) {
            return List.of(new Excess(ConfinedPart.CAPABILITIES, thread + " does not say what it may do"));
        }
        List<Excess> excesses = new ArrayList<>();
        capabilities(thread, core.getCreds(), excesses);
        ids(thread, core.getCreds(), excesses);
        labels(thread, core.getCreds(), excesses);
        if (process.noNewPrivileges() && core.getCreds().getNoNewPrivs() == 0) {
            excesses.add(new Excess(ConfinedPart.PRIVILEGES, thread + " may get privileges from programs"));
        }
        if (filtered && !isFiltered(entry)) {
            excesses.add(new Excess(ConfinedPart.SECCOMP, thread + " has no filter for system calls"));
        }
        return excesses;
    }

    /** CRIU takes what earlier versions have written, if it is there, for what counts (criu/cr-restore.c, check_core). */
    private static boolean isFiltered(CoreEntry entry) {
        boolean old = entry.getTc().hasOldSeccompMode();
        return entry.getThreadCore().getSeccompMode() == FILTER
                && (!old || entry.getTc().getOldSeccompMode() == FILTER);
    }

    private void capabilities(String thread, Credentials creds, List<Excess> excesses) {
        long has = Stream.of(
                        creds.getCapInhList(),
                        creds.getCapPrmList(),
                        creds.getCapEffList(),
                        creds.getCapBndList(),
                        creds.getCapAmbList())
                .mapToLong(ProcessExcesses::mask)
                .reduce(0, (a, b) -> a | b);
        long more = has & ~process.capabilities().all();
        if (more != 0) {
            List<String> names = Capabilities.namesIn(more);
            String what = names.isEmpty() ? "capabilities that nobody knows" : String.join(", ", names);
            excesses.add(new Excess(ConfinedPart.CAPABILITIES, thread + " may have " + what));
        }
    }

    /** Words of 32 bits, the low one first; those beyond the second hold nothing that there is. */
    private static long mask(List<Integer> words) {
        long mask = 0;
        for (int i = 0; i < words.size(); i++) {
            long word = Integer.toUnsignedLong(words.get(i));
            mask |= i < 2 ? word << (Integer.SIZE * i) : word == 0 ? 0 : -1;
        }
        return mask;
    }

    /** Whoever may change ids, by a capability or by programs that are somebody else's (set-user-ID), may have any. */
    private void ids(String thread, Credentials creds, List<Excess> excesses) {
        UserConfig user = process.user();
        if (!process.noNewPrivileges()) {
            return;
        }
        if (!process.capabilities().have(Capability.CAP_SETUID)) {
            Stream.of(creds.getUid(), creds.getEuid(), creds.getSuid(), creds.getFsuid())
                    .map(Integer::toUnsignedLong)
                    .filter(uid -> uid != user.uid())
                    .findFirst()
                    .ifPresent(uid -> excesses.add(new Excess(ConfinedPart.IDS, thread + " is user " + uid)));
        }
        if (!process.capabilities().have(Capability.CAP_SETGID)) {
            Set<Long> own = new HashSet<>(user.additionalGids());
            own.add(user.gid());
            Stream.concat(
                            Stream.of(creds.getGid(), creds.getEgid(), creds.getSgid(), creds.getFsgid()),
                            creds.getGroupsList().stream())
                    .map(Integer::toUnsignedLong)
                    .filter(gid -> !own.contains(gid))
                    .findFirst()
                    .ifPresent(gid -> excesses.add(new Excess(ConfinedPart.IDS, thread + " is in group " + gid)));
        }
    }

    private void labels(String thread, Credentials creds, List<Excess> excesses) {
        SecurityLabels labels = process.labels();
        labels.appArmor()
                .or(labels::seLinux)
                .filter(label -> !label.equals(creds.getLsmProfile()))
                .ifPresent(label -> excesses.add(new Excess(
                        ConfinedPart.LABELS,
                        thread + " has the label \"" + creds.getLsmProfile() + "\" and not \"" + label + "\"")));
    }
}
