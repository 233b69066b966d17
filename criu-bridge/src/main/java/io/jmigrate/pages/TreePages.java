package io.jmigrate.pages;

import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.Set;

/** Memory that a dump has left in the processes of a tree, which stand still. */
public interface TreePages extends LazyPages {
    /** The processes that have some. */
    Set<ProcessMemory> processes();

    /** One of them, as this process sees it. */
    ProcessRef process(ProcessMemory process);
}
