"""docs/benchmarks.md, of which each benchmark writes its own part."""
import datetime
import os
import platform
import re
import statistics
import subprocess

from places import HERE, criu

FILE = HERE / "docs/benchmarks.md"
HEAD = """# Benchmarks

Each part is written by the script that it names; run it again to get the figures of your machine. All figures of a part are measured
in one go.
"""


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as cpus:
        model = re.search(r"model name\s*: (.*)", cpus.read())
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} CPUs ({model[1] if model else platform.machine()}), {pages / 2**30:.0f} GiB, Linux {platform.release()}"


def version(program):
    if program == "criu":
        return "CRIU " + first_line(criu(), "--version").removeprefix("Version: ")
    return first_line(program, "--version")


def about(programs):
    """When and where, and the versions of programs."""
    return "\n".join([
        f"- date: {datetime.date.today().isoformat()}",
        f"- machine: {machine()}",
        f"- versions: {', '.join(version(program) for program in programs)}",
    ])


def spread(values):
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def put(name, text, file=FILE):
    """Replaces the part of a benchmark in a file, or adds it at the end."""
    begin, end = f"<!-- bench/{name} begins -->", f"<!-- bench/{name} ends -->"
    part = f"{begin}\n{text.strip()}\n{end}\n"
    page = file.read_text(encoding="utf-8") if file.exists() else HEAD
    before, found, rest = page.partition(begin)
    if found:
        page = before + part + rest.partition(end)[2].lstrip("\n")
    else:
        page = page.rstrip() + "\n\n" + part
    file.write_text(page, encoding="utf-8")
