"""Archives of a container with much memory, by jmigrate and by podman."""
import contextlib
import os
import re
import subprocess
import time

import frozen
from moves import PODMAN, podman_image, report_of
from places import JMIGRATE, LIMIT_SECONDS, Report, criu, milliseconds, run, working_directory

TICKS_BEFORE = 300
WARM_UP = 1
OWN_PROGRAMS = ("jmigrate", "java", "jmigrate-fill")  # the others are CRIU and the container


def ready(pid):
    report_of(pid).wait_for_more("the workload has its memory", TICKS_BEFORE)


def until_it_runs(report, *command, **options):
    """Restores a container: how long until its program goes on, and until the command is done."""
    before = report.read()[0]
    started = time.perf_counter_ns()
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, **options)
    report.wait_for_more("the program goes on", before)
    running = time.perf_counter_ns()
    if process.wait(LIMIT_SECONDS) != 0:
        raise RuntimeError(f"{command} ended with status {process.returncode}")
    return (running - started) / 1e6, (time.perf_counter_ns() - started) / 1e6


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
        shared = work / "shared"
        shared.mkdir()
        report = Report(shared / "report")
        run(*PODMAN, "run", "--detach", "--name", name, "--network=none", "--ulimit", "nofile=1024:1024", "--ulimit",
            "nproc=1000:1000", "--volume", f"{shared}:/shared", image, "/bin/memory", "/shared/report", frozen.MIB)
        archive = work / "archive.tar.zst"
        try:
            for _ in range(runs):
                report.wait_for_more("the workload has its memory", TICKS_BEFORE)
                exports.append(milliseconds(lambda: run(
                    *PODMAN, "container", "checkpoint", "--export", archive, name, env=environment)))
                run("podman", "rm", "--force", "--time", "0", "--ignore", name)
                imports.append(until_it_runs(
                    report, *PODMAN, "container", "restore", "--import", archive, env=environment))
                archive.unlink()
        finally:
            run("podman", "rm", "--force", "--time", "0", "--ignore", name)
    return exports, imports


def jmigrate(runs):
    exports, imports, running = [], [], []
    with frozen.container("memory", "--mib", str(frozen.MIB)) as (work, program, pid):
        archive = work / "archive.tar.zst"
        report = Report(work / "bundle/rootfs/report")
        for turn in range(runs + WARM_UP):
            ready(pid())
            running.append(milliseconds(lambda: run(
                *program, "checkpoint", "--leave-running", "--export", archive, frozen.CONTAINER)))
            archive.unlink()
            exports.append(milliseconds(lambda: run(*program, "checkpoint", "--export", archive, frozen.CONTAINER)))
            imports.append(until_it_runs(
                report, *program, "restore", "--detach", "--bundle", work / "bundle", "--import", archive, frozen.CONTAINER))
            archive.unlink()
    return exports[WARM_UP:], imports[WARM_UP:], running[WARM_UP:]


def peak_mib(process):
    """The most memory that a program of ours and what it starts of them have had, each by itself, until it ends (proc_pid_status(5), VmHWM)."""
    peaks = {}
    while process.poll() is None:
        pending = [process.pid]
        while pending:
            pid = pending.pop()
            try:
                with open(f"/proc/{pid}/comm", encoding="utf-8") as comm, open(f"/proc/{pid}/status", encoding="utf-8") as status:
                    if comm.read().strip() in OWN_PROGRAMS:
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
    """The most memory in use during exports, during imports that let the program run first, and during those that don't."""
    exports, imports, eager = [], [], []
    with frozen.container("memory", "--mib", str(frozen.MIB)) as (work, program, pid):
        archive = work / "archive.tar.zst"

        def peak(*words):
            command = [str(word) for word in (JMIGRATE, *program[3:], *words)]
            return peak_mib(subprocess.Popen(command, env={**os.environ, "JMIGRATE_NO_SERVICE": "1"},
                                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))

        for _ in range(runs):
            ready(pid())
            exports.append(peak("checkpoint", "--export", archive, frozen.CONTAINER))
            imports.append(peak("restore", "--detach", "--bundle", work / "bundle", "--import", archive, frozen.CONTAINER))
            run(*program, "delete", "--force", frozen.CONTAINER)
            eager.append(peak("restore", "--eager", "--detach", "--bundle", work / "bundle", "--import", archive, frozen.CONTAINER))
            archive.unlink()
    return {"rss_export": exports, "rss_import": imports, "rss_eager": eager}


def measure(runs):
    print("measuring: archives", flush=True)
    exports, imports, running = jmigrate(runs)
    podman_exports, podman_imports = podman(runs)
    return {"export_jmigrate": exports, "export_running": running, "export_podman": podman_exports,
            **imported("jmigrate", imports), **imported("podman", podman_imports), **memory(min(runs, 3))}


def imported(who, times):
    return {f"import_{who}": [running for running, _ in times], f"imported_{who}": [done for _, done in times]}
