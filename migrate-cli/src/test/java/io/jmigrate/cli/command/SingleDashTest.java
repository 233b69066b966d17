package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleDashTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -root /r -debug run -bundle=b -pid-file p web   | --root /r --debug run --bundle=b --pid-file p web
            restore -no-subreaper -image-path -debug web    | restore --no-subreaper --image-path -debug web
            run -b -bundle web -detach                      | run -b -bundle web --detach
            exec -tty web ls -tty -cwd                      | exec --tty web ls -tty -cwd
            run -d -bDIR -nothing -- -detach                | run -d -bDIR -nothing -- -detach
            -root                                           | --root
            """)
    void isAsGoodAsTwoForLongOptions(String words, String doubled) {
        assertThat(SingleDash.doubled(List.of(words.split(" ")), Grammar.whole().getCommandSpec()))
                .isEqualTo(List.of(doubled.split(" ")));
    }
}
