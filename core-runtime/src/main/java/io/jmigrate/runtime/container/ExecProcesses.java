package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.Capabilities;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.config.TerminalConfig;
import io.jmigrate.runtime.config.UserConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.validate.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Resolves what is asked of {@link ExecInContainer} to a process. */
final class ExecProcesses {
    /** 2^32-1 is -1, which would leave the process root (setresuid(2)). */
    private static final long ID_MAX = 0xffff_fffeL;

    private ExecProcesses() {}

    /** @throws Failure INVALID_CONFIG */
    static ProcessConfig resolve(Config config, ExecProcess process) {
        return switch (process) {
            case ExecProcess.Described described -> Configs.loadProcess(described.file());
            case ExecProcess.Like like -> like(config.process(), like);
        };
    }

    private static ProcessConfig like(ProcessConfig own, ExecProcess.Like like) {
        if (like.args().isEmpty()) {
            throw invalid("there is no program to execute");
        }
        return new ProcessConfig(
                like.args(),
                merge(own.env(), like.env()),
                like.cwd().map(ContainerPath::clean).orElse(own.cwd()),
                user(own.user(), like),
                capabilities(own.capabilities(), like.capabilities()),
                own.rlimits(),
                own.noNewPrivileges() || like.noNewPrivileges(),
                own.oomScoreAdj(),
                own.labels().overriddenBy(enabled(like.labels())),
                own.scheduling(),
                like.terminal() ? Optional.of(TerminalConfig.UNSIZED) : Optional.empty());
    }

    private static SecurityLabels enabled(SecurityLabels labels) {
        labels.appArmor().ifPresent(label -> require(SecurityModule.APPARMOR, label));
        labels.seLinux().ifPresent(label -> require(SecurityModule.SELINUX, label));
        return labels;
    }

    private static void require(SecurityModule module, String label) {
        if (!module.isEnabled()) {
            throw Failure.of(
                    RuntimeCode.UNSUPPORTED,
                    "cannot set the label " + label + ": it needs " + module.title()
                            + ", which this host's kernel does not use");
        }
    }

    /** A variable that is given anew takes the place of the old one. */
    static List<String> merge(List<String> env, List<String> added) {
        Map<String, String> named = added.stream()
                .collect(Collectors.toMap(ExecProcesses::name, variable -> variable, (first, last) -> last));
        List<String> merged = new ArrayList<>(env.stream()
                .filter(variable -> !named.containsKey(name(variable)))
                .toList());
        merged.addAll(named.values());
        return merged;
    }

    private static String name(String variable) {
        return variable.split("=", 2)[0];
    }

    private static UserConfig user(UserConfig own, ExecProcess.Like like) {
        List<Long> gids = new ArrayList<>(own.additionalGids());
        gids.addAll(like.additionalGids());
        if (like.user().isEmpty()) {
            return new UserConfig(own.uid(), own.gid(), gids, own.umask());
        }
        String text = like.user().get();
        String[] ids = text.split(":", -1);
        if (ids.length > 2) {
            throw invalid("the user " + text + " is not UID or UID:GID");
        }
        long gid = ids.length == 2 ? id(ids[1], text) : own.gid();
        return new UserConfig(id(ids[0], text), gid, gids, own.umask());
    }

    private static long id(String digits, String user) {
        if (!digits.matches("\\d{1,10}") || Long.parseLong(digits) > ID_MAX) {
            throw invalid("the user " + user + " is not UID or UID:GID, in numbers");
        }
        return Long.parseLong(digits);
    }

    private static Capabilities capabilities(Capabilities own, List<String> names) {
        for (String name : names) {
            if (Capabilities.named(name).isEmpty()) {
                throw invalid("there is no capability " + name);
            }
        }
        return own.adding(names);
    }

    private static Failure invalid(String message) {
        return Failure.of(RuntimeCode.INVALID_CONFIG, message);
    }
}
