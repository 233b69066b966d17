package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.kept.KeptSetting;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.KeptTerms;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeptTest {
    private static final Fingerprint B = new Fingerprint("b".repeat(64));
    private static final PageRun PAGES = new PageRun(new PageTarget.ProcessMemory(1), 4096, 256, PageContent.PRESENT);

    @TempDir
    private Path directory;

    private String said(String... words) {
        String[] all = new String[words.length + 4];
        all[0] = "--root";
        all[1] = directory.toString();
        all[2] = "node";
        all[3] = "kept";
        System.arraycopy(words, 0, all, 4, words.length);
        return Called.said(Called.in(directory, all));
    }

    private void keep() {
        TrustedPeers.of(directory).add("other", B, PeerRight.ALL);
        KeptTerms terms = new KeptTerms(directory.resolve("kept"), 1L << 30, KeptTerms.DEFAULT_AGE);
        KeptSetting.of(directory).become(Optional.of(terms));
        try (Keeping keeping = KeptStore.at(terms).begin(MigrationId.random(), "web", B)) {
            keeping.take(to -> to.pages(PAGES, ByteBuffer.allocate(1 << 20).put(0, (byte) 1)));
            keeping.complete();
        }
    }

    @Test
    void showsNothingWhereNothingIsKept() {
        assertThat(said()).startsWith("CONTAINER").hasLineCount(1);
        assertThat(said("--format", "json")).isEqualTo("{\"kept\":[]}\n");
        assertThat(said("--remove")).isEqualTo("removed 0 B\n");
    }

    @Test
    void showsWhatIsKeptForWhomAndHowMuchThereMayBe() {
        keep();
        assertThat(said())
                .contains("web", "other", "4.0 KiB")
                .endsWith("4.0 KiB of 1.0 GiB in " + directory.resolve("kept") + "\n");
        assertThat(said("--format", "json"))
                .contains(
                        "\"bytes_max\":1073741824,\"age_s\":86400,\"bytes\":4112",
                        "\"container\":\"web\",\"peer\":\"other\",\"fingerprint\":\"" + B + "\"");
    }

    @Test
    void removesIt() {
        keep();
        assertThat(said("--remove")).isEqualTo("removed 4.0 KiB\n");
        assertThat(said()).endsWith("0 B of 1.0 GiB in " + directory.resolve("kept") + "\n");
    }
}
