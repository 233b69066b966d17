package io.jmigrate.cli.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Whatever text is put into a document, it comes out as text, and the document is well-formed. */
class MarkupPropertyTest {
    private static Document parsed(String document) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(document)));
    }

    @Property(tries = 500)
    void keepsTextAndValues(@ForAll String text, @ForAll String value) throws Exception {
        String document =
                new Markup().begin("p", "title", value).text(text).end().document();
        Element root = parsed(document).getDocumentElement();
        assertThat(root.getChildNodes().getLength()).isLessThan(2);
        assertThat(root.getAttributes().getLength()).isEqualTo(1);
        assertThat(root.getElementsByTagName("*").getLength()).isZero();
        assertThat(document.replace("&lt;", "").chars().filter(c -> c == '<').count())
                .isEqualTo(3);
    }

    @Example
    void escapesWhatEndsElementsAndValues() {
        assertThat(new Markup()
                        .text("p", "</p><script>a&b</script>\u0000\ud800", "title", "\" onload='x'")
                        .document())
                .isEqualTo("""
                        <!DOCTYPE html>
                        <p title="&quot; onload=&#39;x&#39;">&lt;/p&gt;&lt;script&gt;a&amp;b&lt;/script&gt;\ufffd\ufffd</p>
                        """);
    }
}
