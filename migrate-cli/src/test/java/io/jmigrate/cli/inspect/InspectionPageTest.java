package io.jmigrate.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.ImagedProcess;
import io.jmigrate.criu.inspect.MappingKind;
import io.jmigrate.criu.memory.PageState;
import io.jmigrate.criu.memory.SurveyedMapping;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page about a checkpoint of anybody's: always well-formed, and nothing in it but what the program put there. */
class InspectionPageTest {
    private static String page(String name, List<SurveyedMapping> memory) {
        ObjectNode facts = Facts.subject(name, "archive");
        List<ImagedProcess> processes =
                List.of(new ImagedProcess(1, 0, 1, 1, 1, "alive", name), new ImagedProcess(7, 1, 7, 1, 3, name, "nc"));
        Section mounts = new Section(
                "mounts",
                List.of("source"),
                List.of(new Row(
                        java.util.OptionalInt.empty(),
                        name,
                        Facts.subject("", "").put("source", name))));
        return InspectionPage.of(new Inspection(facts, Sections.processes(processes), List.of(mounts)), memory);
    }

    private static SurveyedMapping mapping(long start, String name) {
        return new SurveyedMapping(
                new ImagedMapping(1, start, start + 0x4000, "rw-p", MappingKind.HEAP, name, 0, 0),
                Map.of(PageState.DATA, 1L, PageState.ZERO, 1L),
                4096,
                1024,
                List.of(Optional.of(PageState.DATA), Optional.of(PageState.ZERO), Optional.empty()));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    @Property(tries = 200)
    void isWellFormedAndOfTheSameElementsWhateverThingsAreCalled(@ForAll String name) throws Exception {
        NodeList plain = parsed(page("x", List.of(mapping(0x1000, "x")))).getElementsByTagName("*");
        NodeList hostile = parsed(page(name, List.of(mapping(0x1000, name)))).getElementsByTagName("*");
        assertThat(names(hostile)).isEqualTo(names(plain));
    }

    private static List<String> names(NodeList elements) {
        return IntStream.range(0, elements.getLength())
                .mapToObj(index -> elements.item(index).getNodeName())
                .toList();
    }

    @Example
    void loadsNothingAndRunsNothing() {
        String page = page("<script src=//evil></script>", List.of(mapping(0x1000, "\" onmouseover=\"x")));
        assertThat(page)
                .contains("default-src &#39;none&#39;")
                .doesNotContain("<script", "<img", "<link", "url(", "@import", "href=", "\" onmouseover");
    }

    @Example
    void drawsWhereWhichPagesAre() {
        assertThat(page("x", List.of(mapping(0x7f001000, "[heap]"))))
                .contains("<td class=\"address\">7f001000</td>", "50 %", "4.0×", "8.0 KiB of 16 KiB stored")
                .contains("<rect class=\"data\" x=\"0\" width=\"1\" height=\"1\"/>")
                .contains("<rect class=\"zero\" x=\"1\" width=\"1\" height=\"1\"/>");
    }

    @Example
    void showsSoManyMappingsAsAPageCanHold() {
        List<SurveyedMapping> many = IntStream.range(0, 5000)
                .mapToObj(number -> mapping(number * 0x4000L, "x"))
                .toList();
        assertThat(page("x", many)).contains("4700 smaller ones are not shown.").hasSizeLessThan(400_000);
    }
}
