package io.jmigrate.cli.inspect;

/** What only the page of an inspection has. */
final class PageStyle {
    /** CSS. Colours of pages differ in brightness too, so that they can be told apart without seeing colours. */
    static final String RULES = """

            :root { --data: #0b5cad; --duplicate: #e0891a; --zero: #b9c8d8; --elsewhere: #8a5cc2 }
            @media (prefers-color-scheme: dark) {
              :root { --data: #58a6ff; --duplicate: #f0b35a; --zero: #46525f; --elsewhere: #b795e4 } }
            pre, .address { font-family: ui-monospace, monospace; font-size: .85rem }
            .address { white-space: nowrap }
            pre { overflow-x: auto; margin: 0 }
            .strip { min-width: 10rem; width: 45% }
            .strip svg { display: block; width: 100%; height: 1.1rem; background: var(--head) }
            .key { margin-right: 1rem; white-space: nowrap }
            .key svg { width: .9rem; height: .9rem; vertical-align: -.1rem }
            .data { fill: var(--data) } .duplicate { fill: var(--duplicate) }
            .zero { fill: var(--zero) } .elsewhere { fill: var(--elsewhere) }
            """;

    private PageStyle() {}
}
