package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedProcess;
import io.jmigrate.runtime.failure.Failure;
import java.util.stream.Collectors;

/** A process of a checkpoint that an option names. */
final class OneProcess {
    private static final int LISTED_MAX = 20;

    private OneProcess() {}

    /** @throws Failure USAGE if there is no such process; it tells which there are */
    static void require(CheckpointImages images, int pid) {
        if (images.processes().stream().noneMatch(process -> process.pid() == pid)) {
            String there = images.processes().stream()
                    .limit(LISTED_MAX)
                    .map(ImagedProcess::pid)
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            throw Failure.of(OptionCode.USAGE, "--pid: the checkpoint has no process " + pid + ", but " + there);
        }
    }
}
