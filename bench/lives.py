"""create, start and delete of /bin/true, as an engine calls its runtime."""
import contextlib
import os
import subprocess

from places import JMIGRATE, bundle, detached, milliseconds, run, wait_until, working_directory

WARM_UP = 2


def life(program, directory, name, **options):
    detached(*program, "create", "--bundle", directory, name, **options)
    run(*program, "start", name, **options)
    run(*program, "delete", "--force", name, **options)


@contextlib.contextmanager
def service(work):
    """A warm service that only those find who are told its socket."""
    path = work / "service.sock"
    environment = {**os.environ, "JMIGRATE_SERVICE": str(path)}
    with open(work / "service.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen([JMIGRATE, "service", "run"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait_until("the service listens", path.exists)
        yield path
    finally:
        run(JMIGRATE, "service", "stop", env=environment)
        process.wait(30)


def measure(runs):
    with working_directory() as work, service(work) as path:
        directory = bundle("busybox", work / "true", "--", "/bin/true")
        jmigrate = [JMIGRATE, "--root", work / "jmigrate"]
        programs = {
            "life_runc": ["runc", "--root", work / "runc"],
            "life_cold": ["env", "JMIGRATE_NO_SERVICE=1", *jmigrate],
            "life_warm": ["env", f"JMIGRATE_SERVICE={path}", *jmigrate],
        }
        times = {name: [] for name in programs}
        for turn in range(runs + WARM_UP):
            for name, program in programs.items():
                spent = milliseconds(lambda: life(program, directory, f"bench-{name}-{os.getpid()}"))
                if turn >= WARM_UP:
                    times[name].append(spent)
        return times
