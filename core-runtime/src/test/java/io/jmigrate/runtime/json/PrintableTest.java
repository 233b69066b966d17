package io.jmigrate.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a checkpoint of unknown origin calls things, as a terminal gets it. */
class PrintableTest {
    @Test
    void leavesOrdinaryNamesAlone() {
        assertThat(Printable.text("/srv/Käse und 奶酪 \"1\".txt")).isEqualTo("/srv/Käse und 奶酪 \"1\".txt");
    }

    @Test
    void escapesWhatATerminalObeysAndWhatHidesText() {
        assertThat(Printable.text("a\u001b[2J\nb\u009bc\u202ed\u2028\ud800"))
                .isEqualTo("a\\u001b[2J\\u000ab\\u009bc\\u202ed\\u2028\\ud800");
    }

    @Property(tries = 300)
    void printsAnyTextOnOneLine(@ForAll String text) {
        assertThat(Printable.text(text).codePoints().noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Test
    void keepsTheMeaningOfJson() throws MalformedJsonException {
        String json = "{\n  \"name\": \"a\u009b\u202e\"\n}\n";
        String shown = Printable.json(json);
        assertThat(shown).isEqualTo("{\n  \"name\": \"a\\u009b\\u202e\"\n}\n");
        assertThat(JsonText.parse(shown.getBytes(StandardCharsets.UTF_8), JsonPath.ROOT, new Problems())
                        .path("name")
                        .asText())
                .isEqualTo("a\u009b\u202e");
    }

    @Test
    void showsTheBeginningOfWhatIsLong() {
        assertThat(Printable.beginning("abc\n", 4)).isEqualTo("abc\\u000a");
        assertThat(Printable.beginning("abc\n", 3)).isEqualTo("abc…");
        assertThat(Printable.beginning("ab\ud83d\ude00", 3)).isEqualTo("ab\\ud83d…");
    }
}
