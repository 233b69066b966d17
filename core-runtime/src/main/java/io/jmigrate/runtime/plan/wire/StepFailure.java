package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.RlimitResource;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.OomScoreAdj;
import io.jmigrate.runtime.plan.step.OpenMappedTree;
import io.jmigrate.runtime.plan.step.Rlimit;
import io.jmigrate.runtime.plan.step.Step;

/**
 * A step that the native init could not do.
 *
 * @param step of the plan
 * @param errno why
 */
public record StepFailure(Step step, Errno errno) {

    /** For example {@code mount tmpfs onto /dev: no such file or directory}. */
    public String sentence() {
        return switch (step) {
            case FindExecutable find
            when errno.equals(Errno.ENOENT) && !find.name().contains("/") ->
                find.describe() + ": executable file not found in $PATH";
            case FindExecutable find
            when errno.equals(Errno.ENOENT) -> find.describe() + ": stat " + find.name() + ": " + errno.text();
            case OpenMappedTree mapped
            when errno.equals(Errno.EINVAL) ->
                mapped.describe() + ": its filesystem, or one that is mounted below it, can't map ids on this kernel";
            case Mount mount
            when errno.equals(Errno.EPERM) && !mount.cleared().isEmpty() ->
                mount.describe()
                        + ": the flags of its source that the options take away are locked in a user namespace";
            case Mount mount
            when errno.equals(Errno.EINVAL) && mount.copiesUp() ->
                mount.describe()
                        + ": an option is wrong, or a file to be copied belongs to an id that the user namespace"
                        + " does not map";
            case OomScoreAdj score
            when errno.equals(Errno.EACCES) -> score.describe() + ": " + errno.text() + ": only root may lower it";
            case Rlimit limit when errno.equals(Errno.EPERM) -> limit.describe() + ": " + errno.text() + raising(limit);
            default -> step.describe() + ": " + errno.text();
        };
    }

    /** Of open files nobody may have more than the whole machine allows for (proc_sys_fs(5), nr_open). */
    private static String raising(Rlimit limit) {
        String root = ": only root may raise a hard limit";
        return limit.resource() == RlimitResource.NOFILE ? root + ", and not above fs.nr_open" : root;
    }

    /** As a failure of the class that decides the exit code: 127 not found, 126 not executable, else a failed init. */
    public Failure toFailure() {
        return Failure.of(code(), sentence());
    }

    private RuntimeCode code() {
        boolean program = step instanceof FindExecutable || step instanceof Execute;
        if (program) {
            return errno.equals(Errno.ENOENT) ? RuntimeCode.COMMAND_NOT_FOUND : RuntimeCode.NOT_EXECUTABLE;
        }
        return RuntimeCode.INIT_FAILED;
    }
}
