"""Small SVG pictures for docs/plots, made of nothing but lines, bars and words."""
import html
import math

from places import HERE

DIRECTORY = HERE / "docs/plots"
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 34, 44
COLOURS = ("#1f6feb", "#d1242f", "#2da44e", "#8250df")


def scale(most):
    """A round step, and how many of it hold the largest value."""
    step = 10 ** math.floor(math.log10(most or 1))
    step = next(step * part for part in (0.2, 0.5, 1, 2) if most <= step * part * 6)
    return step, math.ceil(most / step)


def word(x, y, text, anchor="middle", **more):
    attributes = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{attributes}>{html.escape(text)}</text>'


class Frame:
    """Axes from 0, in the units of the values."""

    def __init__(self, title, x_title, y_title, x_most, y_most):
        self.x_most = x_most
        self.step, self.steps = scale(y_most)
        self.parts = [word(WIDTH / 2, 18, title, font_weight="bold"), word(WIDTH / 2, HEIGHT - 6, x_title),
                      f'<g transform="rotate(-90 14 {HEIGHT / 2})">{word(14, HEIGHT / 2, y_title)}</g>']
        for each in range(self.steps + 1):
            y = self.y(each * self.step)
            self.parts += [f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#d0d7de"/>',
                           word(LEFT - 6, y + 4, f"{each * self.step:g}", "end")]

    def x(self, value):
        return LEFT + value / self.x_most * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - value / (self.step * self.steps) * (HEIGHT - TOP - BOTTOM)

    def line(self, points, colour=COLOURS[0], dots=False):
        path = "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in points)
        self.parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        if dots:
            self.parts += [f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="4" fill="{colour}"/>' for x, y in points]

    def mark(self, x, text, line=False):
        self.parts.append(word(self.x(x), HEIGHT - BOTTOM + 16, text))
        if line:
            self.parts.append(f'<path d="M{self.x(x):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#57606a" stroke-dasharray="4 3"/>')

    def bar(self, left, right, parts):
        """Parts one upon another, each in its colour."""
        below = 0.0
        for value, colour in zip(parts, COLOURS):
            self.parts.append(f'<rect x="{self.x(left):.1f}" y="{self.y(below + value):.1f}" width="{self.x(right) - self.x(left):.1f}" '
                              f'height="{self.y(below) - self.y(below + value):.1f}" fill="{colour}"/>')
            below += value

    def legend(self, names):
        for place, (name, colour) in enumerate(zip(names, COLOURS)):
            x = LEFT + 10 + place * 130
            self.parts += [f'<rect x="{x}" y="24" width="10" height="10" fill="{colour}"/>', word(x + 16, 33, name, "start")]

    def write(self, name):
        DIRECTORY.mkdir(exist_ok=True)
        (DIRECTORY / f"{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join(self.parts) + "\n</svg>\n", encoding="utf-8")
