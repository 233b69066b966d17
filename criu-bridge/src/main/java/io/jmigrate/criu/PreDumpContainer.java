package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.outgoing.PageTarget;
import io.jmigrate.criu.outgoing.RemotePageServer;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.rpc.Calls;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes the memory of a container that runs on, so that a later dump with these images as its parent has little left to write
 * (criu(8), {@code pre-dump}).
 *
 * <p>Prerequisite: the container runs or is paused, and the kernel marks the pages that are written to. On success the image
 * directory holds memory and nothing else. In every case the container goes on as it was; after a failure only the log is left.
 */
public final class PreDumpContainer {
    private static final String LOG_FILE = "dump.log";

    private final Containers containers;
    private final Launcher launcher;
    private final CriuBinary criu;

    /**
     * @param containers of the runtime root
     * @param launcher starts CRIU
     * @param criu which one
     */
    public PreDumpContainer(Containers containers, Launcher launcher, CriuBinary criu) {
        this.containers = Objects.requireNonNull(containers);
        this.launcher = Objects.requireNonNull(launcher);
        this.criu = Objects.requireNonNull(criu);
    }

    /**
     * Dumps the memory.
     *
     * @return CRIU's log
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE, CRIU_MISSING, CRIU_TOO_OLD, FEATURE_MISSING,
     *     IMAGES_INVALID, NO_SPACE, PAGE_SERVER, CRIU_CONFIG, CRIU_HUNG, DUMP_FAILED
     */
    public Path run(CheckpointRequest request) {
        try (NameLock _ = containers.store().lock(request.container())) {
            SettleContainer.settle(containers, request.container());
            ContainerTarget target = ContainerTarget.of(containers, request.container());
            MemoryTracking.require(
                    launcher, criu, "pre-dump " + request.container().inSentence());
            CriuConfig config =
                    CriuConfig.of(target.record().annotations(), false, request.options(), containers::warn);
            Optional<PageTarget> pages = request.terms().pageServer().map(RemotePageServer::connect);
            try (ImageDirectory images =
                    ImageDirectory.toWrite(request.imageDirectory(), request.workDirectory(), LOG_FILE)) {
                Optional<SwrkLostException> lost = Optional.empty();
                try {
                    if (dump(request, target, config, images, pages)) {
                        return images.log();
                    }
                } catch (SwrkLostException e) {
                    lost = Optional.of(e);
                }
                RuntimeException failure = CriuFailures.dump(target, lost, images);
                images.discard();
                throw pages.map(p -> p.explain(failure)).orElse(failure);
            } finally {
                pages.ifPresent(PageTarget::close);
            }
        }
    }

    /** @throws SwrkLostException if CRIU ended, or was ended, without an answer */
    private boolean dump(
            CheckpointRequest request,
            ContainerTarget target,
            CriuConfig config,
            ImageDirectory images,
            Optional<PageTarget> pages) {
        Standstill standstill = target.standstill(images.log());
        DumpMapping mapping = target.mapping();
        Optional<Fd> file = config.open();
        boolean lost = false;
        try (Swrk swrk = Swrk.start(launcher, criu, mapping.criuNetwork(), TreeDump.descriptors(pages))) {
            pages.ifPresent(PageTarget::begin);
            return swrk.call(
                            Calls.preDump(
                                    TreeDump.call(request, target, images, mapping, request.options(), pages, file)),
                            _ -> true,
                            TreeDump.vigil(request, images))
                    .getSuccess();
        } catch (SwrkLostException e) {
            lost = true;
            throw e;
        } finally {
            file.ifPresent(Fd::close);
            if (lost) {
                standstill.endWithoutCriu();
            } else {
                standstill.end();
            }
        }
    }
}
