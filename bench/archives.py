"""Archives of a container with much memory, by jmigrate and by podman."""
import contextlib
import os
import re
import subprocess
import time

import frozen
from moves import PODMAN, podman_image, podman_pid, report_of
from places import JMIGRATE, criu, detached, milliseconds, run, working_directory

TICKS_BEFORE = 300


def ready(pid):
    report_of(pid).wait_for_more("the workload has its memory", TICKS_BEFORE)


@contextlib.contextmanager
def podman_environment(work):
    """In which podman finds the CRIU that works here."""
    path = work / "bin"
    path.mkdir()
    wrapper = path / "criu"
    wrapper.write_text(f'#!/bin/sh\nexec {criu()} "$@"\n')
    wrapper.chmod(0o755)
    yield {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}


def podman(runs):
    exports, imports = [], []
    with working_directory() as work, podman_image(work) as image, podman_environment(work) as environment:
        name = f"jmigrate-bench-{os.getpid()}"
        run(*PODMAN, "run", "--detach", "--name", name, "--network=none", "--ulimit", "nofile=1024:1024", "--ulimit",
            "nproc=1000:1000", image, "/bin/memory", "/report", frozen.MIB)
        archive = work / "archive.tar.zst"
        try:
            for _ in range(runs):
                ready(podman_pid(name))
                exports.append(milliseconds(lambda: run(
                    *PODMAN, "container", "checkpoint", "--export", archive, name, env=environment)))
                run("podman", "rm", "--force", "--time", "0", "--ignore", name)
                imports.append(milliseconds(lambda: run(
                    *PODMAN, "container", "restore", "--import", archive, env=environment)))
                archive.unlink()
        finally:
            run("podman", "rm", "--force", "--time", "0", "--ignore", name)
    return exports, imports


def jmigrate(runs):
    exports, imports, running = [], [], []
    with frozen.container("memory", "--mib", str(frozen.MIB)) as (work, program, pid):
        archive = work / "archive.tar.zst"
        for _ in range(runs):
            ready(pid())
            running.append(milliseconds(lambda: run(
                *program, "checkpoint", "--leave-running", "--export", archive, frozen.CONTAINER)))
            archive.unlink()
            exports.append(milliseconds(lambda: run(*program, "checkpoint", "--export", archive, frozen.CONTAINER)))
            imports.append(milliseconds(lambda: detached(
                *program, "restore", "--detach", "--bundle", work / "bundle", "--import", archive, frozen.CONTAINER)))
            archive.unlink()
    return exports, imports, running


def peak_mib(process):
    """The most memory that a program and what it starts have had, each by itself, until it ends (proc_pid_status(5), VmHWM)."""
    peaks = {}
    while process.poll() is None:
        pending = [process.pid]
        while pending:
            pid = pending.pop()
            try:
                with open(f"/proc/{pid}/comm", encoding="utf-8") as comm, open(f"/proc/{pid}/status", encoding="utf-8") as status:
                    if comm.read().strip() != "criu":
                        peaks[pid] = int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) / 1024
                with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as children:
                    pending += [int(child) for child in children.read().split()]
            except (OSError, TypeError):
                pass  # it has ended
        time.sleep(0.01)
    if process.returncode != 0:
        raise RuntimeError(f"jmigrate ended with status {process.returncode}")
    return max(peaks.values())


def memory(runs):
    peaks = []
    with frozen.container("memory", "--mib", str(frozen.MIB)) as (work, program, pid):
        ready(pid())
        for turn in range(runs):
            archive = work / f"{turn}.tar.zst"
            words = [str(word) for word in (JMIGRATE, *program[3:], "checkpoint", "--leave-running", "--export", archive,
                                            frozen.CONTAINER)]
            peaks.append(peak_mib(subprocess.Popen(words, env={**os.environ, "JMIGRATE_NO_SERVICE": "1"},
                                                   stdin=subprocess.DEVNULL)))
            archive.unlink()
    return peaks


def measure(runs):
    print("measuring: archives", flush=True)
    exports, imports, running = jmigrate(runs)
    podman_exports, podman_imports = podman(runs)
    return {"export_jmigrate": exports, "import_jmigrate": imports, "export_running": running, "export_podman": podman_exports,
            "import_podman": podman_imports, "rss": memory(min(runs, 3))}
