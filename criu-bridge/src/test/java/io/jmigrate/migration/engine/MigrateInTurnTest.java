package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationOutcome;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrateInTurnTest {
    private final List<String> begun = new ArrayList<>();
    private final List<String> tooLate = new ArrayList<>();
    private final CancelToken cancel = new CancelToken();

    private static MigrateRequest request(String container) {
        return new MigrateRequest(
                Path.of("/r"), container, SourceSide.ADDRESS, RootfsMode.COPY, true, MigrateRequest.DEFAULT_PATIENCE);
    }

    private List<MigrationOutcome> run(Migrate one) {
        List<MigrateRequest> requests =
                Stream.of("a", "b", "c").map(MigrateInTurnTest::request).toList();
        return new MigrateInTurn((request, progress, own) -> {
                    begun.add(request.container());
                    return one.run(request, progress, own);
                })
                .run(requests, _ -> ProgressListener.none(), cancel, request -> tooLate.add(request.container()));
    }

    private static MigrationResult moved(MigrateRequest request) {
        return new MigrationResult(
                MigrationId.random(),
                request.container(),
                "b:1",
                1,
                new Downtime(1, 1, 1, 1, 1),
                new BytesMoved(1, 1, 1, new FilesMoved(1, 0, 0), SharedBytes.NONE),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void goesOnAfterAFailure() {
        Failure failure = Failure.of(MigrationCode.ABORTED, "no");
        List<MigrationOutcome> outcomes = run((request, _, _) -> {
            if (request.container().equals("b")) {
                throw failure;
            }
            return moved(request);
        });
        assertThat(begun).containsExactly("a", "b", "c");
        assertThat(outcomes).extracting(MigrationOutcome::container).containsExactly("a", "b", "c");
        assertThat(outcomes.get(0)).isInstanceOf(MigrationOutcome.Moved.class);
        assertThat(outcomes.get(1)).isEqualTo(new MigrationOutcome.Failed("b", failure));
        assertThat(outcomes.get(2)).isInstanceOf(MigrationOutcome.Moved.class);
    }

    @Test
    void givesUpTheOneUnderWayAndBeginsNoMore() {
        List<MigrationOutcome> outcomes = run((request, _, own) -> {
            if (request.container().equals("b")) {
                cancel.cancel("a test");
            }
            own.seal();
            return moved(request);
        });
        assertThat(begun).containsExactly("a", "b");
        assertThat(tooLate).as("of the one that is over nothing is said").isEmpty();
        assertThat(outcomes.get(1).failure().orElseThrow().code()).isEqualTo(MigrationCode.CANCELLED);
        assertThat(outcomes.get(2)).isEqualTo(new MigrationOutcome.NotBegun("c"));
    }

    @Test
    void completesTheOneThatHasCommittedAndBeginsNoMore() {
        List<MigrationOutcome> outcomes = run((request, _, own) -> {
            own.seal();
            cancel.cancel("a test");
            return moved(request);
        });
        assertThat(outcomes.getFirst()).isInstanceOf(MigrationOutcome.Moved.class);
        assertThat(begun).containsExactly("a");
        assertThat(tooLate).as("whoever gives up is told").containsExactly("a");
    }
}
