package io.jmigrate.criu.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupPlacementTest {
    private static final String ROOT = "/here/web";

    /** Few letters, so that names begin with one another. */
    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings()
                .withChars("abé")
                .ofMinLength(1)
                .ofMaxLength(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(names -> String.join("/", names));
    }

    private static CgroupPlacement.Member plain(String path) {
        return new CgroupPlacement.Member(path, OptionalLong.empty());
    }

    /** In a namespace whose root is a path that this one begins with. */
    private static CgroupPlacement.Member within(String root, String path) {
        return new CgroupPlacement.Member(path, OptionalLong.of(root.getBytes().length));
    }

    private static List<String> outside(List<String> directories, CgroupPlacement.Member... members) {
        return CgroupPlacement.of(ROOT, directories, List.of(members)).outside();
    }

    @Property
    void whatADumpWritesIsInside(@ForAll("paths") String top, @ForAll("paths") String below) {
        CgroupPlacement plain =
                CgroupPlacement.of(ROOT, List.of(top), List.of(plain("/" + top), plain("/" + top + "/" + below)));
        assertThat(plain.outside()).isEmpty();
        assertThat(plain.isOwn(top)).isTrue();

        String root = "/" + top;
        assertThat(outside(List.of(top), within(root, root), within(root, root + "/" + below)))
                .isEmpty();
    }

    /** All processes have left the root of the namespace for one below it. */
    @Property
    void aDirectoryBelowTheRootOfTheNamespaceStaysBelow(@ForAll("paths") String top, @ForAll("paths") String below) {
        CgroupPlacement placement = CgroupPlacement.of(
                ROOT, List.of(top + "/" + below), List.of(within("/" + top, "/" + top + "/" + below)));
        assertThat(placement.outside()).isEmpty();
        assertThat(placement.isOwn(top + "/" + below)).isFalse();
    }

    /** Whatever is neither below what was dumped nor below the container's cgroup, by names and not by letters. */
    @Property
    void whatIsElsewhereIsOutside(@ForAll("paths") String top, @ForAll("paths") String elsewhere) {
        Assume.that(!(elsewhere + "/").startsWith(top + "/"));
        assertThat(outside(List.of(top), plain("/" + top), plain("/" + elsewhere)))
                .contains("/" + elsewhere);
    }

    /** What nobody is in isn't moved, but made all the same. */
    @Property
    void aDirectoryThatNobodyIsInIsOutside(@ForAll("paths") String top, @ForAll("paths") String empty) {
        Assume.that(!top.startsWith(empty) && !(ROOT.substring(1)).startsWith(empty));
        assertThat(outside(List.of(top, empty), plain("/" + top))).contains("/" + empty);
    }

    /** No text makes it fail, and where the paths say where they are, that is what counts. */
    @Property
    void anyTextIsJudged(
            @ForAll List<String> directories, @ForAll("texts") String path, @ForAll long prefix, @ForAll boolean has) {
        CgroupPlacement.Member member =
                new CgroupPlacement.Member(path, has ? OptionalLong.of(prefix & 0xFFFF_FFFFL) : OptionalLong.empty());
        List<String> outside =
                CgroupPlacement.of(ROOT, directories, List.of(member)).outside();
        assertThat(outside)
                .isSubsetOf(Stream.concat(Stream.of(path), directories.stream().map(directory -> "/" + directory))
                        .toList());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("/ab.é").ofMaxLength(12);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /,             -1
            /web2,         -1
            /system.slice, -1
            web,           -1
            /web,          0
            /web,          1
            /web,          3
            /web/a,        5
            /web,          4294967295
            /we,           -1
            """)
    void isOutside(String path, long prefix) {
        OptionalLong cut = prefix < 0 ? OptionalLong.empty() : OptionalLong.of(prefix);
        assertThat(outside(List.of("web"), new CgroupPlacement.Member(path, cut)))
                .contains(path);
    }

    /** The top of a hierarchy: CRIU would join names without a slash. */
    @ParameterizedTest
    @CsvSource({"/, true", "/a, false"})
    void theTopOfAHierarchyIsTheContainersOwnHere(String path, boolean inside) {
        assertThat(outside(List.of(""), plain(path)).isEmpty()).isEqualTo(inside);
    }
}
