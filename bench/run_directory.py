"""A /run as hosts of distributions have it: CRIU keeps there what it has found out about the kernel, if it is a tmpfs, and looks for it again
at each dump and restore if it is not."""
import os
import subprocess
import sys

TMPFS = "tmpfs"


def is_tmpfs():
    kind = subprocess.run(["stat", "--file-system", "--format=%T", "/run"], capture_output=True, text=True, check=True)
    return kind.stdout.strip() == TMPFS


def ensure_tmpfs():
    """Starts this program anew in a mount namespace of its own, with a tmpfs at /run, if the host has none there."""
    if is_tmpfs():
        return
    mount_and_go_on = f'mount -t {TMPFS} -o mode=0755 {TMPFS} /run && exec "$@"'
    words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount_and_go_on, "sh", sys.executable, *sys.argv]
    os.execvp(words[0], words)
