package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.TaskIds;
import java.util.Optional;

/**
 * Looks whether every process has the images without which CRIU can't bring it back. CRIU takes an image that is missing for an empty
 * one (criu/image.c, do_open_image): it is ended by SIGSEGV then, or restores a process without its descriptors.
 *
 * <p>Of a process that is dead CRIU writes the core alone (criu/cr-dump.c, dump_one_zombie). Not looked for is what older CRIUs had no
 * image of, or had it elsewhere: signals, credentials, limits.
 */
public final class NeededImages {
    private static final String TREE = "pstree.img";

    private final Images images;

    private NeededImages(Images images) {
        this.images = images;
    }

    /**
     * Looks for the images of the whole, and for those of each process.
     *
     * @throws io.jmigrate.runtime.failure.Failure the source's, with the first image that is missing
     */
    public static void require(ImageSource source) {
        NeededImages needed = new NeededImages(new Images(source));
        needed.requireImage(TREE, "the tree of processes");
        needed.requireImage("files.img", "the open files");
        needed.eachProcess();
    }

    /**
     * Looks for the images of each process that the tree names.
     *
     * @throws io.jmigrate.runtime.failure.Failure the source's, with the first image that is missing
     */
    public static void requireOfProcesses(ImageSource source) {
        new NeededImages(new Images(source)).eachProcess();
    }

    private void eachProcess() {
        images.each(TREE, ImageKind.PSTREE, PstreeEntry.parser(), this::process);
    }

    private void process(PstreeEntry process) throws ImageException {
        int pid = process.getPid();
        String whose = " of process " + pid;
        CoreEntry core = core(pid, "the registers" + whose);
        if (core.hasTc() && ProcessImages.isDead(core.getTc().getTaskState())) {
            return;
        }
        for (int thread : process.getThreadsList()) {
            requireImage(image("core-", thread), "the registers of thread " + thread + whose);
        }
        int files = ids(pid, "the namespaces" + whose).getFilesId();
        requireImage(image("fdinfo-", Integer.toUnsignedLong(files)), "the descriptors" + whose);
        requireImage(image("fs-", pid), "the current directory" + whose);
        requireImage(image("mm-", pid), "the mappings" + whose);
        requireImage(image("pagemap-", pid), "the list of the saved pages" + whose);
    }

    private CoreEntry core(int pid, String what) {
        String name = image("core-", pid);
        Optional<CoreEntry> core = images.only(name, ImageKind.CORE, CoreEntry.parser());
        return core.orElseThrow(() -> missing(name, what));
    }

    private TaskIds ids(int pid, String what) {
        String name = image("ids-", pid);
        return images.only(name, ImageKind.IDS, TaskIds.parser()).orElseThrow(() -> missing(name, what));
    }

    private void requireImage(String name, String what) {
        if (!images.source().sizes().containsKey(name)) {
            throw missing(name, what);
        }
    }

    private RuntimeException missing(String name, String what) {
        return images.wrong("it has no " + name + " with " + what);
    }

    private static String image(String words, long number) {
        return words + number + ".img";
    }
}
