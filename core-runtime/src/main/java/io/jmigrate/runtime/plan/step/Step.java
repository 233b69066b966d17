package io.jmigrate.runtime.plan.step;

/**
 * One thing that the native init does. Steps before {@link Clone} run in the host's namespaces (and those that were joined),
 * steps after it in the container's first process.
 */
public sealed interface Step
        permits AwaitRuntimeHooks,
                AwaitStart,
                BindNode,
                BindRoot,
                Capabilities,
                ChangeDirectory,
                Clone,
                Domainname,
                Execute,
                ExecLabel,
                FindExecutable,
                Home,
                Hostname,
                JoinCgroup,
                JoinKeyring,
                JoinNamespace,
                KeepCaps,
                LoopbackUp,
                MakeDirectory,
                MakeNode,
                MaskPath,
                Mount,
                MoveRoot,
                NewSession,
                NoNewPrivs,
                OomScoreAdj,
                OwnStreams,
                PivotRoot,
                ReadonlyPath,
                Ready,
                Remount,
                RemountRootReadonly,
                Rlimit,
                RootPropagation,
                RootfsPropagation,
                RunHook,
                ScheduleProcess,
                Seccomp,
                SetCpuAffinity,
                SetIoPriority,
                SetMemoryPolicy,
                SetPersonality,
                SetUser,
                Symlink,
                Sysctl,
                Terminal,
                TimeNamespace,
                Umask {

    /** What the step does, to stand before a reason: {@code mount /data onto /data}. */
    String describe();
}
