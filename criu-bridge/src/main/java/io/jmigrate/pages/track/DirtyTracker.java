package io.jmigrate.pages.track;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Follows the private memory of processes while they run. A round is one call of {@link #changed} for each of them, and then
 * {@link #retain}; processes come and go between rounds. The last round is the same over processes that
 * stand still, after {@link #treeStands}.
 *
 * <p>Used by one thread at a time. Shared memory is not followed.
 */
public interface DirtyTracker extends AutoCloseable {
    /** How it finds what has changed. */
    TrackerKind kind();

    /**
     * Hands over the pages that the process has written since the call before; in the first call for it, and when it has executed
     * another program, all that it has. Pages may come that are as they were; none is left out that is not. Those that are not there any
     * more are not spoken of.
     *
     * <p>Of a process that has ended, or ends meanwhile, nothing or a part is handed over.
     *
     * @param process of which this process may read the memory
     * @param target whose memory it is called; the same in each round
     * @param sink has this target opened, unless the process has ended, and gets present pages, in any order: of one that comes twice the
     *     later is right; it is neither finished nor closed, and may be another one in each round
     * @return bytes handed over
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or the sink's own. The next call for the process hands all over then
     */
    long changed(ProcessRef process, PageTarget target, PageSink sink);

    /**
     * Names what {@link #changed} would hand over, in runs of any length, and counts it as handed over. Memory is read only to find out what was
     * written.
     *
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO
     */
    default void name(ProcessRef process, PageTarget target, Consumer<PageRun> names) {
        changed(process, target, new NamedPages(names));
    }

    /**
     * Says that the processes stand still from now on, until {@link #treeRuns}. One that was not seen before is not stopped for a moment
     * to follow it, which could take long and would be of no use; and no mapping changes, as somebody else may be reading what there is.
     */
    void treeStands();

    /** Says that the processes run again. */
    void treeRuns();

    /**
     * How many bytes {@link #changed} would hand over now, at most. Nothing changes by asking.
     *
     * @return empty if that can't be told without reading the memory
     */
    OptionalLong pending(ProcessRef process);

    /** Whether the last call of {@link #changed} for the process went over all of its memory, so that the next one tells what it writes from then on. */
    boolean follows(ProcessRef process);

    /** Forgets all processes but these. */
    void retain(Collection<ProcessRef> processes);

    /** Forgets all; the processes go on as if nobody had followed them. */
    @Override
    void close();
}
