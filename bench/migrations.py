"""The figures of bench/migrate as a part of docs/benchmarks.md, with plots."""
import statistics

import page
import usual_host
from link import RATE_BYTES
from plot import COLOURS, Frame

USUAL = 50  # MB a second: the rate that goals are about
MIB = 2**20
CHECKS = 32  # test-images/workloads/memory.c
HEAD = """## Live migration

Written by `bench/migrate --runs {runs}`. Each figure is the median of {runs} runs (lowest and highest in brackets). Two nodes in network
namespaces of one machine, paired, with TLS; the link lets 1 Gbit/s through where it is not said to be unshaped. A downtime is what the container
itself saw, the longest pause between two of its ticks; its parts and the total time are jmigrate's own figures. A writer has so much memory that
does not compress, all of it written to, and goes over it writing at the rate that is given. /run is a tmpfs for all that is measured here, as it is
on most hosts: CRIU keeps there what it has found out about the kernel. Its pipes may be as large as it makes them where root has CAP_SYS_RESOURCE, as on
most hosts; this machine's root {may}.

{about}
"""
PARTS = ("freeze and dump", "transfer", "restore", "resume")


def values(runs, name):
    return [each[name] for each in runs]


def middle(runs, name):
    return statistics.median(values(runs, name))


def spread(runs, name, by=1, digits=0):
    found = [value / by for value in values(runs, name)]
    return f"{statistics.median(found):.{digits}f} ({min(found):.{digits}f}–{max(found):.{digits}f})"


def table(names, rows):
    lines = ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def parts(runs):
    return [middle(runs, "freeze_ms") + middle(runs, "dump_ms"), *(middle(runs, f"{name}_ms") for name in ("transfer", "restore", "resume"))]


def cpu_per_gib(runs):
    return statistics.median(each["cpu_s"] / (each["bytes"] / 2**30) for each in runs)


def once_seconds(run):
    """What the memory and the root filesystem take to cross the link once."""
    return (run["mib"] * MIB + run["rootfs_bytes"]) / RATE_BYTES


COLUMNS = ("", "downtime, ms", *PARTS, "total, s", "rounds", "MB sent", "sent / memory", "source CPU, s a GiB sent")


def row(name, runs):
    memory = f"{statistics.median(each['bytes'] / (each['mib'] * MIB) for each in runs):.2f}" if "mib" in runs[0] else ""
    return (name, spread(runs, "pause_ms"), *(f"{part:.0f}" for part in parts(runs)), spread(runs, "total_ms", 1000, 1),
            f"{middle(runs, 'rounds'):.0f}", f"{middle(runs, 'bytes') / 1e6:.0f}", memory, f"{cpu_per_gib(runs):.2f}")


def writers(found):
    text = "### A writer of {} MiB\n\n".format(next(iter(found["writer"].values()))[0]["mib"])
    return text + table(COLUMNS, [row(f"{rate} MB/s (really {middle(runs, 'dirty_rate') / 1e6:.0f})", runs)
                                  for rate, runs in found["writer"].items()]) + beside(found)


def beside(found):
    """The peers, of which all but the floor move the same writer over the same link."""
    rows = [(f"jmigrate, {USUAL} MB/s", page.spread(values(found["writer"][USUAL], "pause_ms")))]
    if "floor" in found:
        rows += [("the floor: CRIU's lazy dump + lazy restore + two round trips", f"{floor_ms(found):.0f}")]
    if "page-server" in found:
        rows += [("`criu dump` to `criu page-server`, the other images after it, `criu restore`", page.spread(found["page-server"]))]
    if "podman" in found:
        rows += [("podman: `checkpoint --export`, the archive over the link, `restore --import`", page.spread(found["podman"]))]
    return f"\nThe same, moved by others:\n\n{table(('', 'downtime, ms'), rows)}" + floor_text(found)


def floor_ms(found):
    floor = found["floor"]
    return statistics.median(floor["floor_dump"]) + statistics.median(floor["floor_restore"]) + 2 * floor["round_trip_ms"]


def floor_text(found):
    if "floor" not in found:
        return ""
    floor = found["floor"]
    return f"""
The floor is the sum of {page.spread(floor['floor_dump'])} ms for `criu dump --lazy-pages`, as the container saw it, {page.spread(floor['floor_restore'])} ms
for `criu restore --lazy-pages` of images in memory, with its daemon ready, and two round trips of {floor['round_trip_ms']:.2f} ms. The dump is given a client of
its page server that has gone (`--ps-socket`), so it ends when its images are complete, and the container goes on: CRIU 4.2's page server does not complete
on this kernel.
"""


def growth(found):
    runs_of = found["growth"]
    rows = [row(f"{mib} MiB", runs) + (f"{middle(runs, 'first_rate'):.2f}",) for mib, runs in runs_of.items()]
    return f"""### Growth with memory, link unshaped

A writer at {USUAL} MB/s. The last column is the rate of the first round, which sends all memory, in GB/s.

{table((*COLUMNS, "GB/s"), rows)}
Each GiB more adds {growth_ms(runs_of):.0f} ms of downtime.
"""


def growth_ms(runs_of):
    least, most = min(runs_of), max(runs_of)
    return (middle(runs_of[most], "pause_ms") - middle(runs_of[least], "pause_ms")) / ((most - least) / 1024)


def follow(found):
    rows = [(f"`--mode {mode}`", spread(runs, "downtime_ms"), spread(runs, "pause_ms"), spread(runs, "total_ms", 1000, 1), f"{middle(runs, 'bytes') / 1e6:.0f}",
             f"{middle(runs, 'waits_count'):.0f}", spread(runs, "waits_median_ms", digits=1), spread(runs, "waits_p99_ms", digits=1),
             spread(runs, "waits_max_ms", digits=1)) for mode, runs in found["follow"].items()]
    first = next(iter(found["follow"].values()))
    names = ("", "downtime, ms", "longest pause seen, ms", "total, s", "MB sent", "waits", "median, ms", "99 %, ms", "longest, ms")
    return f"""### Memory that follows

A writer of {first[0]['mib']} MiB at {middle(first, 'dirty_rate') / 1e6:.0f} MB/s, faster than the link. It runs at the other node before its memory is there, and waits for each page that it touches first. The downtime is
jmigrate's; the longest pause is the container's own, with waits between two of its ticks, in which it looks at {CHECKS} pages.

{table(names, rows)}"""


def others(found):
    names = {"cold": "writer, 50 MB/s, a JVM for each command", "plaintext": "writer, 50 MB/s, unshaped, no TLS", "redis": "redis under a client", "postgres": "PostgreSQL under pgbench",
             "jvm": "a JVM with 20 threads"}
    rows = [row(title, found[name]) for name, title in names.items() if name in found]
    text = "### Other containers\n\n" + table(COLUMNS, rows)
    return text + (client(found["redis"]) if "redis" in found else "") + """
In the first of these commands start a JVM each; in all other tables they go to the service of their node.
For redis the downtime is the longest time in which its client had no reply; for PostgreSQL and the JVM it is what jmigrate says.
"""


def client(runs):
    return f"""
The client of redis asks 5000 times a second over one connection. It had {middle(runs, 'rate_before'):.0f} replies a second before, and {middle(runs, 'rate_during') / middle(runs, 'rate_before'):.0%} of that while memory
was copied ahead. Its longest time without a reply was {gap_ms(runs):.0f} ms more than the downtime that jmigrate tells.
"""


def gap_ms(runs):
    return statistics.median(each["pause_ms"] - each["downtime_ms"] for each in runs)


def memory(found):
    runs = [each for rows in (*found.get("writer", {}).values(), *found.get("growth", {}).values()) for each in rows]
    largest = max(runs, key=lambda each: each["mib"])
    return f"""### Memory

The most that was in use beside the page store: {max(values(runs, 'source_mib')):.0f} MiB by the command at the source, {max(values(runs, 'destination_mib')):.0f} MiB by the
node service at the destination. The store took {largest['store_mib']:.0f} MiB for a container of {largest['mib']} MiB.
"""


def goals(found):
    rows = []

    def goal(what, value, most, unit="", least=False):
        reached = value >= most if least else value <= most
        rows.append((what, f"{value:.2f}{unit}" if value < 10 else f"{value:.0f}{unit}", f"at {'least' if least else 'most'} {most}{unit}",
                     "yes" if reached else "**no**"))

    if "writer" in found:
        usual = found["writer"][USUAL]
        pause = middle(usual, "pause_ms")
        goal(f"downtime at {USUAL} MB/s", pause, 300, " ms")
        if "podman" in found:
            goal("podman's downtime, times that", statistics.median(found["podman"]) / pause, 40, least=True)
        if "floor" in found:
            goal("that, times the floor", pause / floor_ms(found), 1.5)
        still = found["writer"][0]
        goal("total time with no writes, times that of the memory crossing the link once",
             statistics.median(each["total_ms"] / 1000 / once_seconds(each) for each in still), 1.2)
        goal("source CPU a GiB sent", cpu_per_gib(still), 2, " s")
    if "growth" in found:
        goal("downtime that a GiB more adds", growth_ms(found["growth"]), 100, " ms")
        goal("first round, unshaped", max(middle(runs, "first_rate") for runs in found["growth"].values()), 0.8, " GB/s", least=True)
    if "redis" in found:
        goal("the client's longest wait beyond the downtime", gap_ms(found["redis"]), 250, " ms")
        goal("the client's rate during the copy, of before", middle(found["redis"], "rate_during") / middle(found["redis"], "rate_before"),
             0.85, least=True)
    if "writer" in found or "growth" in found:
        runs = [each for rows_of in (*found.get("writer", {}).values(), *found.get("growth", {}).values()) for each in rows_of]
        goal("memory of either end beside the store", max(max(each["source_mib"], each["destination_mib"]) for each in runs), 256, " MiB")
    return "### Goals\n\n" + table(("", "measured", "goal", "reached"), rows)


# --- plots ---

def downtime_plot(runs_of):
    bars = {f"{rate} MB/s": parts(runs) for rate, runs in runs_of.items()}
    frame = Frame("Downtime of a writer of 1 GiB, 1 Gbit/s", "dirty rate", "ms", len(bars), max(map(sum, bars.values())))
    for place, (name, heights) in enumerate(bars.items()):
        frame.bar(place + 0.25, place + 0.75, heights)
        frame.mark(place + 0.5, name)
    frame.legend(PARTS)
    frame.write("migrate-downtime")


def growth_plot(runs_of):
    points = [(mib / 1024, middle(runs, "pause_ms")) for mib, runs in runs_of.items()]
    frame = Frame("Downtime and memory, link unshaped", "GiB", "ms", points[-1][0], max(y for _, y in points))
    frame.line(points, dots=True)
    for x, _ in points:
        frame.mark(x, f"{x:g}")
    frame.write("migrate-growth")


def client_plot(run):
    told = run["timeline"]
    points = [(place * told["bucket_seconds"], count / told["bucket_seconds"]) for place, count in enumerate(told["counts"])]
    frame = Frame("Replies to a client of redis while it is moved", "time", "replies a second", points[-1][0], max(y for _, y in points))
    frame.line(points, COLOURS[2])
    for phase, label in (("preflight", ""), ("pre-copy", "pre-copy"), ("frozen", "frozen"), ("completed", "")):
        frame.mark(run["phases"][phase] - told["began"], label, line=True)
    frame.write("migrate-client")


PLOTS = {"writer": ("migrate-downtime", downtime_plot), "growth": ("migrate-growth", growth_plot),
         "redis": ("migrate-client", lambda runs: client_plot(runs[-1]))}


def plots(found):
    text = ""
    for name, (file, draw) in PLOTS.items():
        if name in found:
            draw(found[name])
            text += f"![{file.replace('-', ': ')}](plots/{file}.svg)\n\n"
    return text


def document(found, runs, with_plots):
    may = "has it" if usual_host.may_exceed_limits() else "lacks it, so fs.pipe-max-size was raised meanwhile"
    pieces = [HEAD.format(runs=runs, may=may, about=page.about(["criu", "podman", "runc"]))]
    if "writer" in found:
        pieces.append(writers(found))
    if "growth" in found:
        pieces.append(growth(found))
    if "follow" in found:
        pieces.append(follow(found))
    if found.keys() & {"cold", "plaintext", "redis", "postgres", "jvm"}:
        pieces.append(others(found))
    if found.keys() & {"writer", "growth"}:
        pieces.append(memory(found))
    alone = {name: found[name] for name in ("floor", "page-server", "podman") if name in found and "writer" not in found}
    pieces += [f"{alone}\n"] if alone else []
    if found.keys() & {"writer", "growth", "redis"}:
        pieces.append(goals(found))
    return "\n".join(pieces) + ("\n" + plots(found) if with_plots else "")
