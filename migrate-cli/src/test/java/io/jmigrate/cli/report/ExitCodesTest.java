package io.jmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.jmigrate.cli.Golden;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every code of every module has an exit code, and the document says which. */
class ExitCodesTest {
    private static final Path DOCUMENT = Path.of("../docs/exit-codes.md");

    private static final String HEAD = """
            # Exit codes

            What `jmigrate` exits with. `run`, `exec` and a `restore` in the foreground exit with the status of the container's process
            (128 + number if a signal ended it); everything else uses this table. This page is written from the program's own tables:
            `mvn test -Dgolden.update`.

            | code | name | meaning |
            |---|---|---|
            """;
    private static final String FAILURES = """

            ## Failures
            Each failure belongs to a class. The message says what failed; where something can be done about the whole class, this is
            printed below it.

            | class | code | what to do |
            |---|---|---|
            """;

    private static final List<FailureCode> ALL_CODES = allCodes();

    /** The constants of all enums that are failure codes, found among the classes themselves. */
    private static List<FailureCode> allCodes() {
        return new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages("io.jmigrate").stream()
                        .filter(type -> type.isAssignableTo(FailureCode.class) && type.isEnum())
                        .sorted(Comparator.comparing(JavaClass::getSimpleName))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getEnumConstants()))
                        .map(FailureCode.class::cast)
                        .toList();
    }

    @Test
    void givesEveryCodeAnExitCodeAndPerhapsARemedy() {
        assertThat(ALL_CODES)
                .contains(RuntimeCode.IO, CriuCode.DUMP_FAILED, OptionCode.USAGE)
                .allSatisfy(code -> {
                    assertThat(ExitCodes.of(code)).isNotEqualTo(ExitCode.SUCCESS);
                    assertThat(Remedies.of(code).orElse("none")).isNotBlank();
                });
    }

    @Test
    void namesEveryCodeOnce() {
        assertThat(ALL_CODES).extracting(FailureCode::name).doesNotHaveDuplicates();
    }

    @Test
    void isDocumentedAsItIs() {
        StringBuilder document = new StringBuilder(HEAD);
        for (ExitCode code : ExitCode.values()) {
            row(document, Integer.toString(code.status()), code.name(), code.meaning());
        }
        document.append(FAILURES);
        for (FailureCode code : ALL_CODES) {
            String status = Integer.toString(ExitCodes.of(code).status());
            row(document, code.name(), status, Remedies.of(code).orElse(""));
        }
        Golden.matches(DOCUMENT, document.toString());
    }

    private static void row(StringBuilder document, String... cells) {
        document.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
