package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** What is tried on handovers, and has to be so in the end whatever went wrong. */
final class Handovers {
    /** Nobody is waited for longer whose end something has gone wrong at. */
    static final Duration PATIENCE = Duration.ofMillis(60);

    /** Most of the time is spent waiting for somebody who is dead. */
    private static final int AT_ONCE = 8;

    /** A reference of our own keeps its level. */
    private static final Logger ENGINE_LOG = Logger.getLogger("io.jmigrate.migration");

    static {
        ENGINE_LOG.setLevel(Level.OFF);
    }

    private Handovers() {}

    interface Scenario {
        Void run(int step) throws Exception;
    }

    static void concurrently(int count, Scenario scenario) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Void>> all = IntStream.range(0, count)
                    .mapToObj(step -> threads.submit(() -> scenario.run(step)))
                    .toList();
            for (Future<Void> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void endsWithOneCopy(Handover made, boolean sourceFirst) {
        try (Handover handover = made.run()) {
            tellsTheTruth(handover);
            staysSafeWhileTheDestinationIsUnreachable(handover);
            handover.repair();
            recover(handover, sourceFirst);
            oneCopyRuns(handover);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A recovery dies at one of its steps, and another follows. */
    static void endsWithOneCopyThoughARecoveryDies(Handover made, String side, int recoveryStep) {
        try (Handover handover = made.run()) {
            handover.repair();
            handover.recoverAndDie(side, recoveryStep);
            recover(handover, true);
            oneCopyRuns(handover);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Both ends, one after the other. */
    static void recover(Handover handover, boolean sourceFirst) {
        if (sourceFirst) {
            handover.recoverSource();
            handover.recoverDestination();
        } else {
            handover.recoverDestination();
            handover.recoverSource();
        }
    }

    /** What the command says of the place is so. */
    private static void tellsTheTruth(Handover handover) {
        Trees trees = handover.trees;
        assertThat(trees.ranTwice()).as("%s", handover).isFalse();
        handover.source.result().ifPresent(_ -> {
            assertThat(trees.runsAtDestination()).as("%s", handover).isTrue();
            assertThat(trees.source().exists()).as("%s", handover).isFalse();
        });
        handover.source.failure().ifPresent(failure -> {
            String said = failure.getMessage();
            boolean so = said.contains("it runs at the source")
                            || said.contains("it is at the source as before")
                            || said.contains("it was started again at the source")
                    ? trees.source().runs() && trees.source().linkUp()
                    : said.contains("it runs at the destination") || said.contains("it waits at the destination")
                            ? trees.runsAtDestination()
                            : said.contains("it is frozen at the source")
                                    || said.contains("stopped at the source")
                                    || said.contains("could not be set going");
            assertThat(so).as("%s\n says: %s", handover, said).isTrue();
        });
    }

    /** A source that has committed waits, frozen, and says so; every other case is settled without the destination. */
    private static void staysSafeWhileTheDestinationIsUnreachable(Handover handover) {
        SourceState before = handover.source.record().map(SourceRecord::state).orElseGet(SourceState::preflight);
        List<RecoveryOutcome> outcomes = handover.recoverSourceAlone();
        Trees trees = handover.trees;
        assertThat(trees.ranTwice()).as("%s", handover).isFalse();
        switch (before) {
            case SourceState.Divided _ -> {
                assertThat(outcomes).as("%s", handover).singleElement().matches(outcome -> !outcome.settled());
                assertThat(trees.source().runs()).as("%s", handover).isFalse();
            }
            case SourceState.Committed _ -> {
                assertThat(outcomes).as("%s", handover).singleElement().matches(outcome -> !outcome.settled());
                boolean givenBack = handover.destinationRecord()
                        .map(entry -> entry.state() instanceof DestinationState.NeverRan)
                        .orElse(false);
                assertThat(trees.source().runs() && !givenBack)
                        .as("%s", handover)
                        .isFalse();
            }
            case SourceState.Completed _ ->
                assertThat(trees.runsAtDestination()).as("%s", handover).isTrue();
            default -> assertThat(trees.source().runs()).as("%s", handover).isTrue();
        }
    }

    static void oneCopyRuns(Handover handover) {
        Trees trees = handover.trees;
        assertThat(trees.ranTwice()).as("%s", handover).isFalse();
        boolean source = trees.source().runs() && trees.source().linkUp();
        boolean destination = trees.destination() == Destination.RUNS;
        assertThat(source ^ destination).as("%s", handover).isTrue();
        assertThat(trees.lostMemory()).as("%s", handover).isFalse();
        assertThat(trees.source().exists()).as("%s", handover).isEqualTo(source);
        assertThat(handover.source.record().stream()).as("%s", handover).allMatch(SourceRecord::ended);
        assertThat(handover.recoverSource()).as("%s", handover).isEmpty();
    }
}
