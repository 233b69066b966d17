package io.jmigrate.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A tree of a checkpoint of unknown origin, drawn. */
class BranchTest {
    @Test
    void drawsNoBranchDeeperThanItsLimit() {
        Branch root = Branch.root("root");
        Branch deepest = root;
        for (int i = 0; i < 10_000; i++) {
            deepest = deepest.add("process " + i);
        }
        List<String> lines = root.lines();
        assertThat(lines).hasSize(10_001);
        assertThat(lines).allMatch(line -> line.length() < 4 * Branch.DEPTH_MAX + 20);
    }
}
