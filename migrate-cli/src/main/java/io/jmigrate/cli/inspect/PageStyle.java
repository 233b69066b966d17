package io.jmigrate.cli.inspect;

/** How a page of an inspection looks, in a light and a dark room, on a desk and in a hand. */
final class PageStyle {
    /** CSS. Colours of pages differ in brightness too, so that they can be told apart without seeing colours. */
    static final String RULES = """

            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #59636e; --line: #d1d9e0; --head: #f3f5f7;
              --data: #0b5cad; --duplicate: #e0891a; --zero: #b9c8d8; --elsewhere: #8a5cc2 }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6e9ec; --paper: #14171b; --faint: #9aa5b1; --line: #363d45; --head: #1e2329;
                --data: #58a6ff; --duplicate: #f0b35a; --zero: #46525f; --elsewhere: #b795e4 } }
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
            pre, .address { font-family: ui-monospace, monospace; font-size: .85rem }
            .address { white-space: nowrap }
            pre, .wide { overflow-x: auto; margin: 0 }
            table { border-collapse: collapse; font-size: .85rem }
            th { text-align: left; background: var(--head); font-weight: 600; white-space: nowrap }
            th, td { padding: .15rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top }
            .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
            .text { overflow-wrap: anywhere; min-width: 6rem }
            .strip { min-width: 10rem; width: 45% }
            .strip svg { display: block; width: 100%; height: 1.1rem; background: var(--head) }
            .key { margin-right: 1rem; white-space: nowrap }
            .key svg { width: .9rem; height: .9rem; vertical-align: -.1rem }
            .data { fill: var(--data) } .duplicate { fill: var(--duplicate) }
            .zero { fill: var(--zero) } .elsewhere { fill: var(--elsewhere) }
            """;

    private PageStyle() {}
}
