"""The result of bench/soak as a part of docs/reliability.md."""
import page
from places import HERE

FILE = HERE / "docs/reliability.md"


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def row(name, values):
    if not values:
        return f"| {name} | 0 | | | | |"
    return f"| {name} | {len(values)} | " + " | ".join(f"{percentile(values, share):.0f}" for share in (0.5, 0.9, 0.99, 1)) + " |"


def text(found, seed, seconds):
    faults = "\n".join(f"| {kind} | {count} |" for kind, count in sorted(found.faults.items()))
    writes = found.writes
    lines = [
        f"Written by `bench/soak --moves {found.moves} --seed {seed}`, in {seconds / 60:.0f} minutes.",
        "",
        page.about(("criu", "redis-server")),
        "",
        "| | |",
        "|---|---|",
        f"| migrations | {found.attempts} |",
        f"| of which moved it | {found.moves} |",
        f"| of these with memory that followed it (`--mode hybrid`) | {found.followed} |",
        f"| left it where it was, as they said | {found.ends.get('stayed', 0)} |",
        f"| ended by `migration recover`, or by the heir of a command that was killed | {found.recoveries} |",
        f"| faults | {sum(found.faults.values())} |",
        f"| writes acknowledged | {writes.get('acknowledged', 0)} |",
        f"| of these lost | {writes.get('lost', 0)} |",
        f"| of these repeated | {writes.get('repeated', 0)} |",
        f"| times that the client had to connect again | {found.reconnections} |",
        f"| **failures** | {len(found.failures)} |",
        "",
        *(f"* {failure}" for failure in found.failures),
        "",
        "| milliseconds | how many | median | 90 % | 99 % | longest |",
        "|---|---|---|---|---|---|",
        row("downtime, without a fault", found.downtimes),
        row("the client's longest wait in a move without a fault", found.gaps),
        row("the same with a fault", found.gaps_with_faults),
        "",
        "| fault | how often |",
        "|---|---|",
        faults,
    ]
    return "\n".join(lines)


def write(said):
    page.put("soak", said, FILE)
