package io.jmigrate.criu.rpc;

import io.jmigrate.criu.mapping.Inherited;
import io.jmigrate.criu.request.CgroupMode;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.criu.request.TreeRestoreRequest;
import io.jmigrate.criu.rpc.wire.Call;
import io.jmigrate.criu.rpc.wire.CgroupRoot;
import io.jmigrate.criu.rpc.wire.Features;
import io.jmigrate.criu.rpc.wire.InheritedDescriptor;
import io.jmigrate.criu.rpc.wire.NetworkLockMethod;
import io.jmigrate.criu.rpc.wire.Options;
import io.jmigrate.criu.rpc.wire.PageServer;
import io.jmigrate.criu.rpc.wire.Verb;
import io.jmigrate.criu.rpc.wire.WireCgroupMode;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.Optional;

/**
 * Requests as CRIU reads them. A configuration file that is named holds only options that were found good; where it contradicts what is
 * said here, it counts. The host's own /etc/criu/default.conf is not read.
 */
public final class Calls {
    /** All that CRIU says: the reason of a failure is often a warning or a debug line. */
    private static final int LOG_LEVEL = 4;

    private static final int NO_DESCRIPTOR = -1;

    private Calls() {}

    /** Asks for CRIU's version; another call may follow. */
    static Call version() {
        return Call.newBuilder().setType(Verb.VERB_VERSION).setKeepOpen(true).build();
    }

    /** Asks what the kernel can do for CRIU, of all that it knows to tell. */
    static Call features() {
        return Call.newBuilder()
                .setType(Verb.VERB_FEATURE_CHECK)
                .setFeatures(Features.newBuilder().setMemTrack(true).setLazyPages(true))
                .build();
    }

    /** Answers a notification. */
    static Call answer(boolean consent) {
        return Call.newBuilder()
                .setType(Verb.VERB_NOTIFY)
                .setNotifySuccess(consent)
                .build();
    }

    /** The same call for a CRIU that can't see its client's descriptors, and was handed them ({@link Enclosure#handed}). */
    static Call withHanded(Call call) {
        Options.Builder options = call.getOpts().toBuilder()
                .setImagesDirFd(NO_DESCRIPTOR)
                .setImagesDir(Enclosure.IMAGE_DIRECTORY)
                .clearWorkDirFd();
        if (options.hasConfigFile()) {
            options.setConfigFile(Enclosure.CONFIG_FILE);
        }
        return call.toBuilder().setOpts(options).build();
    }

    /** Asks for a complete dump. */
    public static Call dump(DumpRequest request) {
        return Call.newBuilder()
                .setType(Verb.VERB_DUMP)
                .setOpts(dumpOptions(request)
                        .setTrackMem(request.terms().parent().isPresent()))
                .build();
    }

    /** Asks for the memory alone, of a tree that runs on; CRIU tracks from then on what changes (cr_pre_dump_tasks). */
    public static Call preDump(DumpRequest request) {
        return Call.newBuilder()
                .setType(Verb.VERB_PRE_DUMP)
                .setOpts(dumpOptions(request).setTrackMem(true))
                .build();
    }

    private static Options.Builder dumpOptions(DumpRequest request) {
        Options.Builder options = common(
                        request.imageDirectory(), request.workDirectory(), request.logFile(), request.options())
                .setPid(request.pid())
                .setShellJob(request.shellJob())
                .setManageCgroupsMode(cgroups(request.cgroups(), request.options()))
                .setAutoDedup(request.terms().autoDedup())
                .addAllCgroupDumpController(request.hierarchies())
                .setLeaveRunning(request.leaveRunning())
                .setGhostLimit(DumpRequest.DELETED_FILE_BYTES_MAX)
                .setNetworkLock(
                        request.locksNetwork()
                                ? NetworkLockMethod.NETWORK_LOCK_NFTABLES
                                : NetworkLockMethod.NETWORK_LOCK_SKIP)
                .addAllExternal(request.externals());
        emptyNetwork(options, request.emptyNetwork());
        request.root().ifPresent(root -> options.setRoot(root.toString()));
        request.freezer().ifPresent(directory -> options.setFreezeCgroup(directory.toString()));
        memory(options, request.memory());
        configFile(options, request.configFile());
        request.terms().timeout().ifPresent(limit -> options.setTimeout((int) limit.toSeconds()));
        request.terms().parent().ifPresent(parent -> options.setParentImg(parent.toString()));
        return options;
    }

    private static void memory(Options.Builder options, DumpRequest.Memory memory) {
        switch (memory) {
            case DumpRequest.Memory.InImages _ -> {}
            case DumpRequest.Memory.ToPageServer(int number) ->
                options.setPs(PageServer.newBuilder().setFd(number));
            case DumpRequest.Memory.LeftInTree _ -> options.setLazyPages(true);
        }
    }

    public static Call restore(TreeRestoreRequest request) {
        Options.Builder options = common(
                        request.imageDirectory(), request.workDirectory(), request.logFile(), request.options())
                .setManageCgroupsMode(cgroups(request.cgroups(), request.options()))
                .setAutoDedup(request.terms().autoDedup())
                .setRstSibling(true)
                .setShellJob(request.shellJob())
                .setLazyPages(request.lazy())
                .setExtUnixSk(reachesOut(request))
                .addAllExternal(request.externals());
        emptyNetwork(options, request.emptyNetwork());
        request.root().ifPresent(root -> options.setRoot(root.toString()));
        configFile(options, request.configFile());
        request.terms().lsmProfile().ifPresent(profile -> options.setLsmProfile(profile.toString()));
        request.terms().lsmMountContext().ifPresent(options::setLsmMountContext);
        for (Inherited each : request.inherited()) {
            options.addInheritFd(
                    InheritedDescriptor.newBuilder().setKey(each.key()).setFd(each.number()));
        }
        request.cgroupRoots()
                .forEach((controllers, path) -> options.addCgRoot(
                        CgroupRoot.newBuilder().setCtrl(controllers).setPath(path)));
        return Call.newBuilder().setType(Verb.VERB_RESTORE).setOpts(options).build();
    }

    /** A stranger's sockets reach out of the tree only if it is said. */
    private static boolean reachesOut(TreeRestoreRequest request) {
        return request.options().externalUnixSockets()
                || request.terms().strangers().isEmpty();
    }

    /** CRIU opens it by its name when it reads the request. */
    private static void configFile(Options.Builder options, Optional<Fd> file) {
        file.ifPresent(
                fd -> options.setConfigFile("/proc/" + ProcessHandle.current().pid() + "/fd/" + fd.number()));
    }

    private static void emptyNetwork(Options.Builder options, boolean wanted) {
        if (wanted) {
            options.setEmptyNs((int) NamespaceKind.NETWORK.cloneFlag());
        }
    }

    private static WireCgroupMode cgroups(boolean wanted, TreeOptions options) {
        if (!wanted) {
            return WireCgroupMode.CGROUP_MODE_IGNORE;
        }
        return switch (options.cgroups().orElse(CgroupMode.SOFT)) {
            case SOFT -> WireCgroupMode.CGROUP_MODE_SOFT;
            case FULL -> WireCgroupMode.CGROUP_MODE_FULL;
            case STRICT -> WireCgroupMode.CGROUP_MODE_STRICT;
            case IGNORE -> WireCgroupMode.CGROUP_MODE_IGNORE;
        };
    }

    private static Options.Builder common(
            Fd imageDirectory, Optional<Fd> workDirectory, String logFile, TreeOptions tree) {
        Options.Builder options = Options.newBuilder()
                .setImagesDirFd(imageDirectory.number())
                .setLogLevel(LOG_LEVEL)
                .setLogFile(logFile)
                .setNotifyScripts(true)
                .setOrphanPtsMaster(true)
                .setTcpEstablished(!tree.tcpClose())
                .setTcpClose(tree.tcpClose())
                .setExtUnixSk(tree.externalUnixSockets())
                .setTcpSkipInFlight(tree.tcpSkipInFlight())
                .setFileLocks(true)
                .setLinkRemap(true);
        workDirectory.ifPresent(directory -> options.setWorkDirFd(directory.number()));
        return options;
    }
}
