package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointExportTest {
    @Test
    void whatFailsWithTheArchiveSaysWhoGoesOnAndAllElseThatItSaid() {
        Failure full = Failure.of(ArchiveCode.ARCHIVE_NO_SPACE, "no space is left for /x/web.tar")
                .withDetails(List.of("12 KiB were written"))
                .withRemedy("make room in /x");

        Failure told = CheckpointExport.told(full, "container \"web\"");

        assertThat(told).hasMessage("no space is left for /x/web.tar; container \"web\" goes on as it was");
        assertThat(told.code()).isEqualTo(ArchiveCode.ARCHIVE_NO_SPACE);
        assertThat(told.details()).isEqualTo(full.details());
        assertThat(told.remedy()).isEqualTo(full.remedy());
    }

    @Test
    void whatFailsWithTheDumpSaysItAlready() {
        Failure failed = Failure.of(CriuCode.DUMP_FAILED, "cannot dump container \"web\"; it runs on");

        assertThat(CheckpointExport.told(failed, "container \"web\"")).isSameAs(failed);
    }
}
