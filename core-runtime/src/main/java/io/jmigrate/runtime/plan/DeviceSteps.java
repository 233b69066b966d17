package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.config.DeviceConfig;
import io.jmigrate.runtime.config.DeviceType;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.plan.step.BindNode;
import io.jmigrate.runtime.plan.step.MakeNode;
import io.jmigrate.runtime.plan.step.NodeType;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Symlink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The steps that fill /dev (config-linux.md, "Default Devices"; runtime-linux.md, "Dev symbolic links"). */
final class DeviceSteps {
    private static final String DEV = "/dev";
    private static final String PTMX = "/dev/ptmx";

    private static final List<Step> LINKS = List.of(
            new Symlink(PTMX, "pts/ptmx"),
            new Symlink("/dev/fd", "/proc/self/fd"),
            new Symlink("/dev/stdin", "/proc/self/fd/0"),
            new Symlink("/dev/stdout", "/proc/self/fd/1"),
            new Symlink("/dev/stderr", "/proc/self/fd/2"));

    private final Config config;
    private final boolean newUser;
    private final boolean hostDev;

    DeviceSteps(Config config) {
        this.config = config;
        this.newUser = config.namespaces().isNew(NamespaceKind.USER);
        this.hostDev = config.mounts().stream()
                .anyMatch(mount ->
                        mount instanceof MountConfig.Bind && mount.destination().equals(DEV));
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (DeviceConfig device : config.devices()) {
            if (isMade(device)) {
                steps.add(isBound(device) ? bind(device) : make(device));
            }
        }
        if (!hostDev) {
            steps.addAll(LINKS);
        }
        return steps;
    }

    /** A /dev of the host that is bound as a whole is left as it is. ptmx is a link to the container's own devpts. */
    private boolean isMade(DeviceConfig device) {
        return !device.path().equals(PTMX) && !(hostDev && ContainerPath.isWithin(device.path(), DEV));
    }

    /** mknod(2) of a device is forbidden in a user namespace. */
    private boolean isBound(DeviceConfig device) {
        return newUser && device.type() != DeviceType.FIFO;
    }

    private static Step bind(DeviceConfig device) {
        return new BindNode(Path.of(device.path()), device.path());
    }

    private static Step make(DeviceConfig device) {
        NodeType type =
                switch (device.type()) {
                    case CHARACTER -> NodeType.CHARACTER;
                    case BLOCK -> NodeType.BLOCK;
                    case FIFO -> NodeType.FIFO;
                };
        return new MakeNode(
                device.path(),
                type,
                (int) device.major(),
                (int) device.minor(),
                (int) device.mode(),
                (int) device.uid(),
                (int) device.gid());
    }
}
