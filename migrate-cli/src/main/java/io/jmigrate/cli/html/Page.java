package io.jmigrate.cli.html;

/** How pages of this program begin and look, in a light and a dark room, on a desk and in a hand. They need nothing else: no script, no font. */
public final class Page {
    /** A page may hold names of anybody's choice: a browser shall load and run nothing, even if an escape were forgotten. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static final String RULES = """

            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #59636e; --line: #d1d9e0; --head: #f3f5f7 }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6e9ec; --paper: #14171b; --faint: #9aa5b1; --line: #363d45; --head: #1e2329 } }
            * { box-sizing: border-box }
            body { margin: 0 auto; padding: 1rem; max-width: 90rem; color: var(--ink); background: var(--paper);
              font: 15px/1.45 system-ui, sans-serif }
            h1 { font-size: 1.3rem; overflow-wrap: anywhere }
            h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line) }
            h3 { font-size: 1rem; margin: 1.2rem 0 0; overflow-wrap: anywhere }
            p { margin: .2rem 0 .6rem }
            .rest { color: var(--faint) }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 }
            dt { color: var(--faint) }
            dd { margin: 0; overflow-wrap: anywhere }
            .wide { overflow-x: auto; margin: 0 }
            table { border-collapse: collapse; font-size: .85rem }
            th { text-align: left; background: var(--head); font-weight: 600; white-space: nowrap }
            th, td { padding: .15rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top }
            .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
            .text { overflow-wrap: anywhere; min-width: 6rem }
            """;

    private Page() {}

    /**
     * A page up to its title, with its body open: two elements are to be ended.
     *
     * @param rules CSS of what only this page has
     */
    public static Markup begin(String title, String rules) {
        Markup page = new Markup();
        page.begin("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
        page.begin("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .text("title", title)
                .style(RULES + rules)
                .end();
        return page.begin("body").text("h1", title);
    }

    /** A table up to its first row, with three elements open: its body, itself, and a box in which it can be moved. */
    public static void beginTable(Markup page, String... columns) {
        page.begin("div", "class", "wide").begin("table").begin("thead").begin("tr");
        for (String column : columns) {
            page.text("th", column, "scope", "col");
        }
        page.end().end().begin("tbody");
    }

    /** The end of a table. */
    public static void endTable(Markup page) {
        page.end().end().end();
    }
}
