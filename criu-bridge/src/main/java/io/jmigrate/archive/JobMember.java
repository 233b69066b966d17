package io.jmigrate.archive;

import io.jmigrate.criu.job.JobFile;
import java.io.IOException;
import java.util.Optional;

/** The member that makes an archive one of a job: {@code checkpoint/job.json}. Such an archive has no {@code spec.dump}. */
final class JobMember {
    private JobMember() {}

    /**
     * @param json its content, if it is there
     * @param hasSpec whether the archive has {@code spec.dump}
     * @return empty if the archive is one of a container
     * @throws io.jmigrate.runtime.failure.Failure ARCHIVE_INVALID if it is neither, or both
     */
    static Optional<JobFile> read(ArchiveFile file, Optional<byte[]> json, boolean hasSpec) {
        if (json.isPresent() && hasSpec) {
            throw file.invalid(ArchiveLayout.JOB, "is of a job, and " + ArchiveLayout.SPEC_DUMP + " of a container");
        }
        try {
            return json.isPresent() ? Optional.of(JobFile.parse(json.get())) : Optional.empty();
        } catch (IOException e) {
            throw file.unreadable(ArchiveLayout.JOB, e);
        }
    }
}
