package io.jmigrate.runtime.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of users by /etc/passwd (passwd(5)). */
final class UserNames {
    private static final Path PASSWD = Path.of("/etc/passwd");

    private UserNames() {}

    /** {@code #UID} if there is no such user, or no such file. */
    static String of(int uid) {
        String number = Integer.toUnsignedString(uid);
        try {
            return Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(":"))
                    .filter(fields -> fields.length > 2 && fields[2].equals(number))
                    .map(fields -> fields[0])
                    .findFirst()
                    .orElse("#" + number);
        } catch (IOException e) {
            return "#" + number;
        }
    }
}
