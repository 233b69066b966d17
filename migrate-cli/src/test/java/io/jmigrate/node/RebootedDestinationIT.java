package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The destination's machine is started anew in a migration, and the source's command is killed: processes, memory and mounts are gone. */
class RebootedDestinationIT extends FaultyCrossing {
    private static final Pattern MIGRATION = Pattern.compile("\\(([0-9a-f]{32})\\)");

    private void killBothWhenReached(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);
        migration.kill(Victim.ALL);
        b.service().kill(Victim.ALL);
        hold.lose();
    }

    @Test
    void aContainerThatDidNotRunThereGoesOnAtTheSourceByTheJournalOnItsDisk() {
        killBothWhenReached(Message.GO);
        b.loseAllButItsDisk(counter.id());
        serve();

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void aContainerThatRanThereHasEndedWithTheMachine() {
        killBothWhenReached(Message.RUNNING);
        b.loseAllButItsDisk(counter.id());
        serve();

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        assertThat(a.remainsOf(counter.id())).isEmpty();
        assertThat(b.run("state", counter.id()).succeeded().out()).contains("\"stopped\"");
    }

    /** What it had done for others is not done again by an older copy. */
    @Test
    void aContainerThatMayHaveRunThereStaysFrozenIfTheMachineLostWhatWasNotSynced() throws IOException {
        killBothWhenReached(Message.RUNNING);
        b.loseAllButItsDisk(counter.id());
        forgetThatItRan();
        serve();

        assertThat(a.recover().ended(IN_DOUBT).out())
                .contains(counter.id() + ": it stays frozen at the source: it may have run at the destination");
        assertThat(counter.isFrozenOn(a)).isTrue();
        assertThat(b.run("state", counter.id()).succeeded().out()).contains("\"stopped\"");
        a.run("delete", "--force", counter.id()).succeeded();
        assertThat(a.recover().succeeded().out()).contains("its copy here is gone");
    }

    /** As if the power had failed between the journal's "go", which is synced, and its "running". */
    private static void forgetThatItRan() throws IOException {
        try (Stream<Path> files = Files.list(b.root().resolve("migrations"))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".restore")) {
                    Files.delete(file.resolve("restore.log"));
                } else if (file.toString().endsWith(".destination.json")) {
                    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip();
                    Files.writeString(
                            file,
                            Files.readString(file)
                                    .replace("\"state\":\"running\"", "\"state\":\"going\"")
                                    .replace(boot, "an earlier one"));
                }
            }
        }
    }

    /** Nobody can know whether it ran there, so nobody but the user decides. */
    @Test
    void withoutTheJournalItStaysFrozenUntilItIsTakenBack() {
        killBothWhenReached(Message.GO);
        b.loseEverything(counter.id());
        serve();

        String doubt = a.recover().ended(IN_DOUBT).out();
        assertThat(doubt).contains(counter.id() + ": it stays frozen at the source", "has no journal of the migration");
        assertThat(counter.isFrozenOn(a)).isTrue();
        String id = MIGRATION
                .matcher(doubt)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElseThrow();

        assertThat(a.run("migration", "recover", "--take-back", id).succeeded().out())
                .contains(counter.id() + ": it runs at the source");
        counter.runsOnlyOn(a, b);
    }
}
