"""What CRIU alone takes for a container with much memory: the floor of a downtime, and a move by its page server."""
import contextlib
import json
import os
import signal
import socket
import subprocess
import time

from moves import bind_mount, network_namespace, pause, report_of
from places import LIMIT_SECONDS, bundle, criu, detached, plain, run, wait_until, working_directory

PORT = 7072


class Tree:
    """A container that runc has made and that CRIU dumps and restores."""

    def __init__(self, pid, rootfs, netns):
        self.pid, self.rootfs, self.netns = pid, rootfs, netns
        self.program = criu()

    def common(self, images, log):
        return ["--images-dir", images, "--log-file", f"{log}.log", "--verbosity=1", "--manage-cgroups=ignore", "--shell-job"]

    def dump(self, images, *options, where=(), **given):
        run(*where, self.program, "dump", "--tree", self.pid, "--external", f"net[{os.stat(self.netns).st_ino}]:extRootNetNS",
            "--external", "dev[1/3]:null", *self.common(images, "dump"), *options, **given)

    def restore(self, images, *options):
        descriptor = os.open(self.netns, os.O_RDONLY)
        try:
            run(self.program, "restore", "--restore-detached", "--root", self.rootfs, "--pidfile", images / "pid", "--inherit-fd",
                f"fd[{descriptor}]:extRootNetNS", *self.common(images, "restore"), *options, pass_fds=[descriptor])
        finally:
            os.close(descriptor)
        self.pid = int((images / "pid").read_text())

    def ticks(self):
        report = report_of(self.pid)
        report.wait_for_more("it has its memory", max(100, report.read()[0]))

    def pause(self, move):
        return pause(move=move, reset=lambda: os.kill(self.pid, signal.SIGUSR1), pid_before=lambda: self.pid,
                     pid_after=lambda: self.pid)


@contextlib.contextmanager
def container(mib, pages):
    name = f"jmigrate-bench-{os.getpid()}"
    with working_directory() as work, network_namespace(name) as netns:
        directory = plain(bundle("memory", work / "bundle", "--mib", str(mib), "--dirty", str(pages), "--netns", netns))
        runc = ["runc", "--root", work / "runc"]
        detached(*runc, "run", "--detach", "--bundle", directory, name)
        try:
            with bind_mount(directory / "rootfs") as rootfs:
                tree = Tree(json.loads(run(*runc, "state", name))["pid"], rootfs, netns)
                tree.ticks()
                try:
                    yield tree
                finally:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(tree.pid, signal.SIGKILL)
        finally:
            run(*runc, "delete", "--force", name)


@contextlib.contextmanager
def started(*command):
    words = [str(word) for word in command]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
            process.wait(LIMIT_SECONDS)
        finally:
            process.kill()


# --- the floor ---

def lazy_dump(tree):
    """A dump that leaves the memory where it is. Its page server is given a client that has gone, so the container goes on when the images
    are complete: the pause is that of the dump alone. (The page server of CRIU 4.2 does not complete on newer kernels.)"""
    gone, server = socket.socketpair()
    gone.close()
    with server, working_directory("/dev/shm") as images:
        return tree.pause(lambda: tree.dump(images, "--lazy-pages", "--leave-running", "--ps-socket", server.fileno(),
                                            pass_fds=[server.fileno()]))


def lazy_restore(tree):
    """From images in memory, with CRIU's daemon ready: how long until the container has been let go."""
    with working_directory("/dev/shm") as images:
        tree.dump(images)
        with started(tree.program, "lazy-pages", "--images-dir", images, "--log-file", "lazy.log"):
            wait_until("CRIU's daemon is ready", (images / "lazy-pages.socket").exists)
            began = time.perf_counter_ns()
            tree.restore(images, "--lazy-pages")
            spent = (time.perf_counter_ns() - began) / 1e6
        tree.ticks()
        return spent


def floor(runs, mib, pages):
    with container(mib, pages) as tree:
        dumps, restores = zip(*((lazy_dump(tree), lazy_restore(tree)) for _ in range(runs)))
    return {"floor_dump": list(dumps), "floor_restore": list(restores)}


# --- by page server ---

def by_page_server(tree, nodes, link, images, arrived):
    """Memory goes from CRIU at node a to CRIU's page server at node b, the other images after it; then they are restored."""
    server = [*nodes.on("b"), tree.program, "page-server", "--images-dir", arrived, "--log-file", "server.log", "--address",
              nodes.address("b"), "--port", PORT]
    with started(*server):
        wait_until("the page server listens", lambda: f":{PORT}" in run(*nodes.on("b"), "ss", "-ltn"))
        tree.dump(images, "--page-server", "--address", nodes.address("b"), "--port", PORT, where=nodes.on("a"))
    run("tar", "-C", images, "-cf", images.parent / "rest.tar", ".")
    link.send(images.parent / "rest.tar", arrived / "rest.tar")
    run("tar", "-C", arrived, "-xf", arrived / "rest.tar")
    tree.restore(arrived)


def page_server(nodes, link, runs, mib, pages):
    pauses = []
    with container(mib, pages) as tree:
        for _ in range(runs):
            with working_directory("/dev/shm") as memory:
                images, arrived = memory / "images", memory / "arrived"
                images.mkdir()
                arrived.mkdir()
                pauses.append(tree.pause(lambda: by_page_server(tree, nodes, link, images, arrived)))
    return pauses
