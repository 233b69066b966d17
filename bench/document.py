"""The figures of bench/first as a part of docs/benchmarks.md."""
import statistics

import moves
import page

PAGE = """## Moves

Written by `bench/first --runs {runs}`. Each figure is the median of {runs} runs (lowest and highest in brackets), in milliseconds.

{about}

### A container's life: create + start + delete of /bin/true

| | ms |
|---|---|
| runc | {life_runc} |
| jmigrate, no service running | {life_cold} |
| jmigrate, with its service | {life_warm} |

Against runc: {cold_ratio} times without the service, {warm_ratio} times with it.

### Downtime of a small container

What the container itself saw as its longest pause. Raw CRIU dumps it to memory and restores it in place, at once; jmigrate moves
it to another node over TLS with its root filesystem and its network address.

| | ms |
|---|---|
| `criu dump` + `criu restore` | {small_criu} |
| `jmigrate migrate` | {small_jmigrate} |
| (`jmigrate migrate`, whole command) | {small_jmigrate_total} |

Ratio: {small_ratio} (goal: at most 1.5).

### Downtime of a container with {mib} MiB of touched memory

podman: `container checkpoint --export`, a copy of the archive on the same disk, `container restore --import`.

| | ms |
|---|---|
| podman | {large_podman} |
| (podman, the three commands) | {large_podman_total} |
| `jmigrate migrate` | {large_jmigrate} |
| (`jmigrate migrate`, whole command) | {large_jmigrate_total} |

podman's downtime is {large_ratio} times that of jmigrate (goal: at least 5).

### What limits these figures
- Without the service each of the three commands starts a Java machine of its own.
- The downtime of a small container is almost all CRIU's: its start-up probes where /run is no tmpfs, the archives of tmpfs mounts, and
  the making of namespaces and mounts. Raw CRIU has less to do here: its container has no masked paths.
- CRIU's dump leaves memory in the processes, and yet takes longer with much of it: it makes a pipe for every MiB and puts the pages there.
"""


def write(figures, runs):
    median = {name: statistics.median(values) for name, values in figures.items()}
    return PAGE.format(
        runs=runs, about=page.about(["runc", "podman", "criu"]), mib=moves.MIB,
        cold_ratio=f"{median['life_cold'] / median['life_runc']:.1f}",
        warm_ratio=f"{median['life_warm'] / median['life_runc']:.2f}",
        small_ratio=f"{median['small_jmigrate'] / median['small_criu']:.2f}",
        large_ratio=f"{median['large_podman'] / median['large_jmigrate']:.1f}",
        **{name: page.spread(values) for name, values in figures.items()})
