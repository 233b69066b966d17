package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.archive.HostileCorpus.Case;
import io.jmigrate.archive.image.ArchiveImage;
import io.jmigrate.archive.image.LayoutReference;
import io.jmigrate.archive.image.OciLayout;
import io.jmigrate.criu.diff.CheckpointDifference;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.memory.MemorySurvey;
import io.jmigrate.criu.memory.search.MemorySearch;
import io.jmigrate.criu.memory.search.Needle;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that reads archives meets everything that is wrong with archives. */
@Timeout(300)
class HostileCorpusTest {
    private static final int CASES_MIN = 200;

    @TempDir
    private Path directory;

    private List<Case> corpus;
    private Path place;
    private Path archive;

    @BeforeEach
    void makeTheCorpus() throws IOException {
        corpus = HostileCorpus.in(Files.createDirectory(directory.resolve("made")));
        place = Files.createDirectory(directory.resolve("place"));
        archive = place.resolve("archive");
    }

    @Test
    void hasHundredsOfCasesAndNoneTwice() {
        assertThat(corpus.size()).isGreaterThanOrEqualTo(CASES_MIN);
        Set<String> titles = new HashSet<>();
        corpus.forEach(
                one -> assertThat(titles.add(one.title())).as(one.title()).isTrue());
    }

    @Test
    void isMadeOfAnArchiveThatIsTaken() throws IOException {
        Files.write(archive, HostileCorpus.sound(Files.createDirectory(directory.resolve("sound"))));
        restore();
        look();
    }

    /** A sentence, and nothing beside the archive: whatever stands on an import never sees one of these. */
    @Test
    void noImportTakesAny() throws IOException {
        List<String> taken = new ArrayList<>();
        for (Case one : corpus) {
            Files.write(archive, one.archive());
            if (refusal(one, this::restore).isEmpty()) {
                taken.add(one.title());
                ExtractionDirectory.remove(place.resolve("out"));
            }
            assertNothingBeside(one);
        }
        assertThat(taken).isEmpty();
    }

    /** The same of the way that a restore prefers, which leaves memory in the archive; those that can't be read so are none of its. */
    @Test
    void noLazyImportTakesAny() throws IOException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < corpus.size(); i += 4) { // the rules are those of the other way
            Case one = corpus.get(i);
            Files.write(archive, one.archive());
            refusal(one, () -> LazyArchive.open(request()).ifPresent(lazy -> {
                taken.add(one.title());
                lazy.close();
                lazy.archive().remove();
            }));
            assertNothingBeside(one);
        }
        assertThat(taken).isEmpty();
    }

    /** Who only looks may see more than a restore would take, or else gets a sentence. */
    @Test
    void whoOnlyLooksGetsAnAnswerOrASentence() throws IOException {
        for (Case one : corpus) {
            Files.write(archive, one.archive());
            refusal(one, this::look);
            assertNothingBeside(one);
        }
    }

    /** As a layer whose digest is right. */
    @Test
    void noImageMakesAnArchiveOfOneThatCannotBeRead() throws IOException {
        Path target = directory.resolve("pulled");
        for (int i = 0; i < corpus.size(); i += 5) { // each brings six files to disk
            Case one = corpus.get(i);
            Files.write(archive, one.archive());
            Optional<Failure> unreadable = refusal(one, () -> ArchiveContents.read(archive, Limits.DEFAULT));
            LayoutReference reference = new LayoutReference(directory.resolve("layout"), "latest");
            ArchiveImage image = new ArchiveImage(reference, new OciLayout(reference), Progress.SILENT);
            Optional<Failure> pushed = refusal(one, () -> image.push(archive));
            assertThat(unreadable.isPresent() && pushed.isEmpty())
                    .as(one.title())
                    .isFalse();
            if (pushed.isEmpty()) {
                image.pull(target);
                assertThat(target).hasBinaryContent(one.archive());
                Files.delete(target);
            }
        }
    }

    private void restore() {
        ArchiveReader.read(request());
    }

    private ImportRequest request() {
        return new ImportRequest(archive, place.resolve("out"), HostileCorpus.LIMITS, Progress.SILENT);
    }

    private void look() {
        ArchiveContents contents = ArchiveContents.read(archive, HostileCorpus.LIMITS);
        contents.container();
        contents.engine();
        contents.integrity(Optional.empty());
        CheckpointImages images = CheckpointImages.of(contents);
        images.files();
        images.mounts();
        images.memory();
        images.pages();
        images.statistics();
        MemorySurvey.of(contents, images);
        MemorySearch.run(contents, images, Needle.text("x"), OptionalInt.empty(), _ -> {});
        CheckpointDifference.Side side = new CheckpointDifference.Side(contents, images);
        assertThat(CheckpointDifference.between(side, side).none()).isTrue();
    }

    /** The sentence, none if there was no failure; anything else that is thrown fails the test. */
    private static Optional<Failure> refusal(Case one, Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (Failure failure) {
            assertThat(failure.getMessage()).as(one.title()).isNotBlank().doesNotContain("java.", "\n");
            return Optional.of(failure);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(one.title(), e);
        }
    }

    private void assertNothingBeside(Case one) throws IOException {
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).as(one.title()).containsExactly(archive);
        }
    }
}
