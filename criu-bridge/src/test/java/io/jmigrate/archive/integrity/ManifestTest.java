package io.jmigrate.archive.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String ENTRY =
            "{\"name\":\"a\",\"type\":\"file\",\"size\":1,\"sha256\":\"" + "0".repeat(64) + "\"}";

    private final Member directory = recorded(recorder -> recorder.directory("checkpoint"));
    private final Member spec = file("spec.dump", "{}");
    private final Member image = file("checkpoint/pages-1.img", "memory");
    private final Manifest manifest = new Manifest(List.of(spec, directory, image));

    private static Member recorded(java.util.function.Consumer<MemberRecorder> record) {
        MemberRecorder recorder = new MemberRecorder();
        record.accept(recorder);
        return recorder.members().getFirst();
    }

    private static Member file(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return recorded(recorder -> {
            recorder.content(bytes, 0, bytes.length);
            recorder.file(name, bytes.length);
        });
    }

    @Test
    void recordsWhatPasses() {
        MemberRecorder recorder = new MemberRecorder();
        recorder.content("-abc-".getBytes(StandardCharsets.UTF_8), 1, 2);
        recorder.content("-abc-".getBytes(StandardCharsets.UTF_8), 3, 1);
        recorder.file("letters", 3);
        recorder.directory("none");
        // FIPS 180-4's example, and the digest of nothing
        assertThat(recorder.members())
                .containsExactly(
                        new Member(
                                "letters",
                                Member.Kind.FILE,
                                3,
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                        new Member(
                                "none",
                                Member.Kind.DIRECTORY,
                                0,
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    @Test
    void findsNothingWhereAllIsAsListed() {
        assertThat(manifest.differenceTo(List.of(spec, directory, image))).isEmpty();
    }

    @Test
    void namesTheMemberThatDiffers() {
        assertDiffers(
                "spec.dump", "has other content than its manifest says", file("spec.dump", "[]"), directory, image);
        assertDiffers("spec.dump", "has 3 and not 2 bytes", file("spec.dump", "{ }"), directory, image);
        assertDiffers("checkpoint", "is a file and not a directory", spec, file("checkpoint", ""), image);
        assertDiffers("checkpoint", "is missing, though its manifest lists it", spec, image);
        assertDiffers("dump.log", "is not in its manifest", spec, directory, file("dump.log", ""), image);
        assertDiffers("dump.log", "is not in its manifest", spec, directory, file("dump.log", "memory"));
        assertDiffers("checkpoint", "is not where its manifest has it", directory, spec, image);
        assertDiffers("spec.dump", "is missing, though its manifest lists it");
    }

    private void assertDiffers(String member, String what, Member... found) {
        assertThat(manifest.differenceTo(List.of(found))).contains(new Difference(member, what));
    }

    @Test
    void comesBackFromItsDocument() throws IOException {
        Manifest odd = new Manifest(List.of(
                file("quoted \" \\ \u0000 \u2028 \uD83D\uDE00", "x"),
                new Member("large", Member.Kind.FILE, Long.MAX_VALUE, spec.sha256())));
        for (Manifest each : List.of(manifest, odd, new Manifest(List.of()))) {
            assertThat(ManifestDocument.read(ManifestDocument.write(each))).isEqualTo(each);
        }
    }

    @Test
    void listsNothingTwice() {
        assertThatThrownBy(() -> new Manifest(List.of(spec, image, file("spec.dump", "[]"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertUnreadable(document("1", ENTRY + "," + ENTRY), "it lists a member twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "size":1     | "size":1.5           | its entry 1 has no name or no size
            "size":1     | "size":1e30          | its entry 1 has no name or no size
            "size":1     | "size":99999999999999999999 | its entry 1 has no name or no size
            "name":"a"   | "name":1             | its entry 1 has no name or no size
            "name":"a"   | "title":"a"          | its entry 1 has no name or no size
            "type":"file"| "type":"link"        | its entry 1 is of no type that there is
            "sha256":"00 | "sha256":"0          | its entry 1 has no SHA-256
            "sha256":"00 | "sha256":"A0         | its entry 1 has no SHA-256
            """)
    void refusesEntriesThatSayTooLittle(String part, String instead, String why) {
        assertUnreadable(document("1", ENTRY.replace(part, instead)), why);
    }

    @Test
    void refusesWhatIsNoManifestOfThisVersion() {
        assertUnreadable("", "its format is not \"jmigrate checkpoint archive\"");
        assertUnreadable("null", "its format is not \"jmigrate checkpoint archive\"");
        assertUnreadable("[]", "its format is not \"jmigrate checkpoint archive\"");
        assertUnreadable("{\"schemaVersion\":2}", "its format is not \"jmigrate checkpoint archive\"");
        assertUnreadable(document("2", ENTRY), "its version is not 1");
        assertUnreadable(document("1.0", ENTRY), "its version is not 1");
        assertUnreadable(document("1", "7"), "its entry 1 is of no type that there is");
        assertUnreadable(
                "{\"format\":\"jmigrate checkpoint archive\",\"version\":1,\"members\":{}}", "it lists no members");
    }

    /** Two readers of such a document could see two different manifests. */
    @Test
    void refusesWhatCanBeReadInTwoWays() {
        assertThatThrownBy(() -> read(document("1,\"version\":1", ENTRY))).hasMessageContaining("Duplicate field");
        assertThatThrownBy(() -> read(document("1", ENTRY) + "{}")).hasMessageContaining("Trailing token");
    }

    @Test
    void isMadeOfItsOwnList() {
        List<Member> members = new ArrayList<>(List.of(spec));
        Manifest made = new Manifest(members);
        members.clear();
        assertThat(made.members()).containsExactly(spec);
    }

    private static String document(String version, String members) {
        return "{\"format\":\"jmigrate checkpoint archive\",\"version\":" + version + ",\"members\":[" + members + "]}";
    }

    private static Manifest read(String json) throws IOException {
        return ManifestDocument.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnreadable(String json, String why) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class).hasMessage(why);
    }
}
