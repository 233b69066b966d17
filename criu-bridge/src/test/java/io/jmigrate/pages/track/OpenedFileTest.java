package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenedFileTest {
    @ParameterizedTest
    @CsvSource({
        "0100000, true, false", // O_RDONLY | O_LARGEFILE
        "0100002, true, false", // O_RDWR
        "0100001, false, false", // O_WRONLY
        "0140000, true, true", // O_DIRECT
        "0140001, false, true",
        "0300000, false, false", // O_DIRECTORY
        "010000000, false, false" // O_PATH
    })
    void itsFlagsTellHowItIsRead(String flags, boolean read, boolean direct) {
        OpenedFile file = opened(flags);

        assertThat(file.isRead()).isEqualTo(read);
        assertThat(file.isDirect()).isEqualTo(direct);
    }

    @Test
    void theMountIsThatOfTheFile() {
        assertThat(opened("0100000").mount()).isEqualTo(41);
    }

    private static OpenedFile opened(String flags) {
        return OpenedFile.of(List.of("pos:\t0", "flags:\t" + flags, "mnt_id:\t41", "ino:\t5"));
    }
}
