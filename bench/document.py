"""The figures as the page docs/benchmarks.md."""
import datetime
import os
import platform
import re
import statistics
import subprocess

import moves
from places import criu

PAGE = """# Benchmarks

Written by `bench/first`; run it again to get the figures of your machine. Each figure is the median of {runs} runs (lowest and
highest in brackets), in milliseconds, all measured in one go.

- date: {date}
- machine: {machine}
- versions: {versions}
- command: `bench/first --runs {runs}`

## A container's life: create + start + delete of /bin/true

| | ms |
|---|---|
| runc | {life_runc} |
| jmigrate, no service running | {life_cold} |
| jmigrate, with its service | {life_warm} |

Against runc: {cold_ratio} times without the service, {warm_ratio} times with it.

## Downtime of a small container

What the container itself saw as its longest pause. Raw CRIU dumps it to memory and restores it in place, at once; jmigrate moves
it to another node over TLS with its root filesystem and its network address.

| | ms |
|---|---|
| `criu dump` + `criu restore` | {small_criu} |
| `jmigrate migrate` | {small_jmigrate} |
| (`jmigrate migrate`, whole command) | {small_jmigrate_total} |

Ratio: {small_ratio} (goal: at most 1.5).

## Downtime of a container with {mib} MiB of touched memory

podman: `container checkpoint --export`, a copy of the archive on the same disk, `container restore --import`.

| | ms |
|---|---|
| podman | {large_podman} |
| (podman, the three commands) | {large_podman_total} |
| `jmigrate migrate` | {large_jmigrate} |
| (`jmigrate migrate`, whole command) | {large_jmigrate_total} |

podman's downtime is {large_ratio} times that of jmigrate (goal: at least 5).

## What limits these figures
- Without the service each of the three commands starts a Java machine of its own.
- The downtime of a small container is almost all CRIU's: its start-up probes where /run is no tmpfs, the archives of tmpfs mounts, and
  the making of namespaces and mounts. Raw CRIU has less to do here: its container has no masked paths.
- With much memory CRIU reads all of it while the container stands still, and jmigrate compares it with what it has sent before. So
  the downtime still grows with memory, by about a second for each GiB, though little of it crosses the network.
"""


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as cpus:
        model = re.search(r"model name\s*: (.*)", cpus.read())
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} CPUs ({model[1] if model else platform.machine()}), {pages / 2**30:.0f} GiB, Linux {platform.release()}"


def versions():
    return ", ".join([first_line("runc", "--version"), first_line("podman", "--version"),
                      "CRIU " + first_line(criu(), "--version").removeprefix("Version: ")])


def spread(values):
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def write(figures, runs):
    median = {name: statistics.median(values) for name, values in figures.items()}
    return PAGE.format(
        runs=runs, date=datetime.date.today().isoformat(), machine=machine(), versions=versions(), mib=moves.MIB,
        cold_ratio=f"{median['life_cold'] / median['life_runc']:.1f}",
        warm_ratio=f"{median['life_warm'] / median['life_runc']:.2f}",
        small_ratio=f"{median['small_jmigrate'] / median['small_criu']:.2f}",
        large_ratio=f"{median['large_podman'] / median['large_jmigrate']:.1f}",
        **{name: spread(values) for name, values in figures.items()})
