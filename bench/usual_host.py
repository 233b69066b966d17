"""A host as those of distributions are, in two things on which the time of CRIU's dumps and restores depends."""
import contextlib
import os
import pathlib
import subprocess
import sys

TMPFS = "tmpfs"
PIPES = pathlib.Path("/proc/sys/fs/pipe-max-size")
PIPE_BYTES = 4 << 20  # as large as CRIU makes them
CAP_SYS_RESOURCE = 24


def run_is_tmpfs():
    kind = subprocess.run(["stat", "--file-system", "--format=%T", "/run"], capture_output=True, text=True, check=True)
    return kind.stdout.strip() == TMPFS


def ensure_run_in_memory():
    """CRIU keeps at /run what it has found out about the kernel, if that is a tmpfs, and looks for it again each time if it is not. Starts this
    program anew in a mount namespace of its own, with a tmpfs there, if the host has none."""
    if run_is_tmpfs():
        return
    mount_and_go_on = f'mount -t {TMPFS} -o mode=0755 {TMPFS} /run && exec "$@"'
    words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount_and_go_on, "sh", sys.executable, *sys.argv]
    os.execvp(words[0], words)


def may_exceed_limits():
    status = pathlib.Path("/proc/self/status").read_text()
    effective = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(effective, 16) >> CAP_SYS_RESOURCE & 1)


@contextlib.contextmanager
def large_pipes():
    """Pipes for CRIU as large as it can use, which a root that has CAP_SYS_RESOURCE may make anyway (pipe(7)). The host's limit is put back."""
    before = int(PIPES.read_text())
    if may_exceed_limits() or before >= PIPE_BYTES:
        yield
        return
    PIPES.write_text(str(PIPE_BYTES))
    try:
        yield
    finally:
        PIPES.write_text(str(before))
