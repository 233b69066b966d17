package io.jmigrate.migration.engine;

import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressEvent.Kind;

/** What has been sent, for the report and whoever listens; where it is told the migration can be given up. */
record SentBytes(SourceCourse course, CancelToken cancel) implements OutgoingMemory.Progress {
    /** So many bytes of this kind so far. */
    void of(Kind kind, long bytes) {
        cancel.check();
        course.tell(new ProgressEvent.Sent(kind, bytes, 0));
    }

    /** So much of the root filesystem so far. */
    void files(FilesMoved moved) {
        course.chronicle().files(moved);
        of(Kind.ROOTFS, moved.bytes());
    }

    @Override
    public void sent(PagesMoved soFar) {
        course.chronicle().pages(soFar);
        of(Kind.MEMORY, soFar.bytes());
    }

    /** The same after the commit: nothing can be given up any more. */
    void followed(PagesMoved soFar) {
        course.chronicle().pages(soFar);
        course.tell(new ProgressEvent.Sent(Kind.MEMORY, soFar.bytes(), 0));
    }

    @Override
    public void ended(long shared, boolean last) {
        course.chronicle().shared(shared, last);
    }
}
