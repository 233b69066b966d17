"""How long containers stand still while they are dumped, by jmigrate with its service and by CRIU alone."""
import contextlib
import json
import os
import shutil
import signal

from lives import service
from moves import network_namespace, pause, raw_criu
from places import JMIGRATE, bundle, criu, detached, plain, run, working_directory

MIB = 1024
CONTAINER = "bench"
WARM_UP = 5


def dump(program, pid, netns, images):
    """As moves.dump_and_restore dumps, but the tree goes on."""
    run(program, "dump", "--tree", pid, "--leave-running", "--log-file", "dump.log", "--images-dir", images, "--verbosity=1",
        "--manage-cgroups=ignore", "--shell-job", "--external", f"net[{os.stat(netns).st_ino}]:extRootNetNS", "--external",
        "dev[1/3]:null")


def in_turn(directory, action):
    """Images of the same size as those before find the memory that these have left."""
    images = directory / "images"
    images.mkdir()
    try:
        action(images)
    finally:
        shutil.rmtree(images)


def of_criu(runs):
    program = criu()
    name = f"jmigrate-bench-{os.getpid()}"
    with working_directory() as work, working_directory("/dev/shm") as memory, network_namespace(name) as netns:
        directory = plain(bundle("memory", work / "bundle", "--mib", str(MIB), "--netns", netns))
        runc = ["runc", "--root", work / "runc"]
        detached(*runc, "run", "--detach", "--bundle", directory, name)
        try:
            pid = json.loads(run(*runc, "state", name))["pid"]
            return [pause(
                move=lambda: in_turn(memory, lambda images: dump(program, pid, netns, images)),
                reset=lambda: os.kill(pid, signal.SIGUSR1),
                pid_before=lambda: pid,
                pid_after=lambda: pid) for _ in range(runs)]
        finally:
            run(*runc, "delete", "--force", name)


@contextlib.contextmanager
def container(kind, *options):
    """A container of jmigrate's: its working directory, the program that knows it, and what tells its pid."""
    with working_directory() as work, service(work) as socket:
        program = ["env", f"JMIGRATE_SERVICE={socket}", JMIGRATE, "--root", work / "root"]
        directory = bundle(kind, work / "bundle", *options)
        detached(*program, "run", "--detach", "--bundle", directory, CONTAINER)
        try:
            yield work, program, lambda: json.loads(run(*program, "state", CONTAINER))["pid"]
        finally:
            run(*program, "delete", "--force", CONTAINER)


def of_jmigrate(runs, *places):
    with container("memory", "--mib", str(MIB)) as (work, program, pid):
        pauses = []
        for place in places:
            with working_directory(place or work) as memory:
                pauses.append([pause(
                    move=lambda: in_turn(memory, lambda images: run(
                        *program, "checkpoint", "--leave-running", "--image-path", images, CONTAINER)),
                    reset=lambda: run(*program, "kill", CONTAINER, "USR1"),
                    pid_before=pid,
                    pid_after=pid) for _ in range(runs)])
        return pauses


def there_and_back(program, bundle_directory, images):
    run(*program, "checkpoint", "--image-path", images, CONTAINER)
    detached(*program, "restore", "--detach", "--bundle", bundle_directory, "--image-path", images, CONTAINER)


def tiny(runs):
    with container("counter") as (work, program, pid), working_directory("/dev/shm") as memory:
        return [pause(
            move=lambda: in_turn(memory, lambda images: there_and_back(program, work / "bundle", images)),
            reset=lambda: run(*program, "kill", CONTAINER, "USR1"),
            pid_before=pid,
            pid_after=pid) for _ in range(WARM_UP + runs)][WARM_UP:]


def measure(runs):
    print("measuring: containers that stand still", flush=True)
    in_memory, on_disk = of_jmigrate(runs, "/dev/shm", None)
    return {"frozen_criu": of_criu(runs), "frozen_jmigrate": in_memory, "frozen_jmigrate_disk": on_disk,
            "tiny_criu": raw_criu(runs), "tiny_jmigrate": tiny(runs)}
