"""Downtimes of a container that is moved, by jmigrate, by CRIU alone and by podman."""
import contextlib
import json
import os
import shutil
import signal

from places import Nodes, Report, bundle, criu, detached, milliseconds, plain, run, working_directory

CONTAINER = "bench"
ADDRESS = "10.88.0.9/24"
MIB = 256
TICKS_BEFORE = 300
TICKS_AFTER = 100


def report_of(pid):
    return Report(f"/proc/{pid}/root/report")


def pause(move, reset, pid_before, pid_after):
    """The longest pause that the workload sees while it is moved."""
    report = report_of(pid_before())
    report.wait_for_more("the workload ticks", TICKS_BEFORE)
    reset()
    report.wait_for_more("it measures anew", report.read()[0] + TICKS_AFTER)
    move()
    report = report_of(pid_after())
    report.wait_for_more("it ticks again", report.read()[0] + TICKS_AFTER)
    return report.longest_ms()


# --- jmigrate: there and back between two nodes ---

def jmigrate(runs, kind, *options):
    pauses, said = [], []
    with working_directory() as work, Nodes(work) as nodes:
        directory = bundle(kind, work / "bundle", "--address", ADDRESS, *options)
        detached(*nodes.program("a"), "run", "--detach", "--bundle", directory, CONTAINER)
        here, there = "a", "b"
        try:
            for _ in range(runs):
                pauses.append(pause(
                    move=lambda: said.append(nodes.migrate(here, there, CONTAINER)),
                    reset=lambda: nodes.jmigrate(here, "kill", CONTAINER, "USR1"),
                    pid_before=lambda: nodes.state(here, CONTAINER)["pid"],
                    pid_after=lambda: nodes.state(there, CONTAINER)["pid"]))
                here, there = there, here
        finally:
            nodes.jmigrate(here, "delete", "--force", CONTAINER)
    return pauses, [result["total_ms"] for result in said]


# --- raw CRIU: dump and restore in place ---

@contextlib.contextmanager
def network_namespace(name):
    run("ip", "netns", "add", name)
    try:
        yield f"/run/netns/{name}"
    finally:
        run("ip", "netns", "delete", name)


@contextlib.contextmanager
def bind_mount(path):
    run("mount", "--bind", path, path)
    try:
        run("mount", "--make-private", path)
        yield path
    finally:
        run("umount", path)


def dump_and_restore(program, pid, rootfs, netns, images):
    """The shortest that CRIU can do: no image leaves this machine's memory, and nothing runs between the two."""
    inode = os.stat(netns).st_ino
    common = ["--images-dir", images, "--verbosity=1", "--manage-cgroups=ignore", "--shell-job"]
    run(program, "dump", "--tree", pid, "--log-file", "dump.log", "--external", f"net[{inode}]:extRootNetNS",
        "--external", "dev[1/3]:null", *common)
    descriptor = os.open(netns, os.O_RDONLY)
    try:
        run(program, "restore", "--restore-detached", "--log-file", "restore.log", "--root", rootfs, "--pidfile", images / "pid",
            "--inherit-fd", f"fd[{descriptor}]:extRootNetNS", *common, pass_fds=[descriptor])
    finally:
        os.close(descriptor)
    return int((images / "pid").read_text())


def raw_criu(runs):
    program = criu()
    name = f"jmigrate-bench-{os.getpid()}"
    with working_directory() as work, network_namespace(name) as netns:
        directory = plain(bundle("counter", work / "bundle", "--netns", netns))
        runc = ["runc", "--root", work / "runc"]
        detached(*runc, "run", "--detach", "--bundle", directory, name)
        pids = [json.loads(run(*runc, "state", name))["pid"]]
        pauses = []
        try:
            with bind_mount(directory / "rootfs") as rootfs:
                for _ in range(runs):
                    with working_directory("/dev/shm") as images:
                        pauses.append(pause(
                            move=lambda: pids.append(dump_and_restore(program, pids[-1], rootfs, netns, images)),
                            reset=lambda: os.kill(pids[-1], signal.SIGUSR1),
                            pid_before=lambda: pids[-1],
                            pid_after=lambda: pids[-1]))
                os.kill(pids[-1], signal.SIGKILL)
        finally:
            run(*runc, "delete", "--force", name)
        return pauses


# --- podman: archive, copy, restore ---

PODMAN = ["podman", "--runtime", shutil.which("runc") or "runc"]


@contextlib.contextmanager
def podman_image(work):
    directory = bundle("memory", work / "bundle")
    run("tar", "-C", directory / "rootfs", "-cf", work / "image.tar", ".")
    image = f"localhost/jmigrate-bench-{os.getpid()}"
    run("podman", "import", work / "image.tar", image)
    try:
        yield image
    finally:
        run("podman", "rmi", "--force", image)


def podman_pid(name):
    return int(run("podman", "inspect", "--format", "{{.State.Pid}}", name))


def to_another_file(path, target):
    run("cp", path, target)


def by_archive(environment, work, name, successor, copy):
    """What an administrator does by hand: export, copy to the other machine, import."""
    exported, copied = work / f"{name}.tar.zst", work / f"{successor}.tar.zst"
    run(*PODMAN, "container", "checkpoint", "--export", exported, name, env=environment)
    copy(exported, copied)
    run(*PODMAN, "container", "restore", "--import", copied, "--name", successor, env=environment)
    exported.unlink()
    copied.unlink()


def podman(runs, mib=MIB, dirty=0, copy=to_another_file):
    with working_directory() as work, podman_image(work) as image:
        path = work / "bin"
        path.mkdir()
        wrapper = path / "criu"
        wrapper.write_text(f'#!/bin/sh\nexec {criu()} "$@"\n')
        wrapper.chmod(0o755)
        environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}
        names = [f"jmigrate-bench-{os.getpid()}-{turn}" for turn in range(runs + 1)]
        run(*PODMAN, "run", "--detach", "--name", names[0], "--network=none", "--ulimit", "nofile=1024:1024", "--ulimit",
            "nproc=1000:1000", image, "/bin/memory", "/report", mib, dirty)
        pauses, totals = [], []
        try:
            for name, successor in zip(names, names[1:]):
                pauses.append(pause(
                    move=lambda: totals.append(milliseconds(lambda: by_archive(environment, work, name, successor, copy))),
                    reset=lambda: run("podman", "kill", "--signal", "USR1", name),
                    pid_before=lambda: podman_pid(name),
                    pid_after=lambda: podman_pid(successor)))
        finally:
            run("podman", "rm", "--force", "--time", "0", "--ignore", *names)
        return pauses, totals


# --- the comparisons ---

def small(runs):
    pauses, totals = jmigrate(runs, "counter")
    return {"small_criu": raw_criu(runs), "small_jmigrate": pauses, "small_jmigrate_total": totals}


def large(runs):
    pauses, totals = jmigrate(runs, "memory", "--mib", str(MIB))
    podman_pauses, podman_totals = podman(runs)
    return {"large_jmigrate": pauses, "large_jmigrate_total": totals, "large_podman": podman_pauses,
            "large_podman_total": podman_totals}
