"""Runs a command at a terminal as a person would: at-terminal.py ROWSxCOLUMNS SCRIPT COMMAND...

SCRIPT has a step a line: "expect TEXT" waits until the terminal shows TEXT after what was expected before, "type TEXT" types it
(\\r, \\x03 and the like are understood), "resize ROWSxCOLUMNS", "signal NUMBER" (to the
command) and "kill PID" are what they say. Standard output is all that the
terminal has shown; the exit status is the command's, and 99 if it or a step took too long. Standard error says "changed" if the
terminal's settings were not the same afterwards.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

LIMIT_SECONDS = 50


def resize(terminal, size):
    rows, columns = (int(number) for number in size.split("x"))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Screen:
    def __init__(self, master):
        self.master = master
        self.shown = b""
        self.seen = 0
        self.deadline = time.monotonic() + LIMIT_SECONDS

    def look(self, seconds=LIMIT_SECONDS):
        """Waits for more; false at the end."""
        limit = min(seconds, max(0, self.deadline - time.monotonic()))
        ready, _, _ = select.select([self.master], [], [], limit)
        if not ready:
            return False
        try:
            piece = os.read(self.master, 65536)
        except OSError:
            return False
        self.shown += piece
        return bool(piece)

    def watch(self, pid):
        """Looks until the command has ended, so that it never waits for somebody who reads; its wait status."""
        ended, status = os.waitpid(pid, os.WNOHANG)
        while not ended and time.monotonic() < self.deadline:
            self.look(0.05)
            ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
        return status

    def expect(self, text):
        while self.shown.find(text, self.seen) < 0:
            if not self.look():
                return False
        self.seen = self.shown.find(text, self.seen) + len(text)
        return True


def act(step, screen, pid):
    verb, _, argument = step.partition(" ")
    text = argument.encode().decode("unicode_escape").encode()
    if verb == "expect":
        return screen.expect(text)
    if verb == "type":
        os.write(screen.master, text)
    elif verb == "resize":
        resize(screen.master, argument)
    elif verb == "signal":
        os.kill(pid, int(argument))
    elif verb == "kill":
        os.kill(int(argument), signal.SIGKILL)
    else:
        raise ValueError(step)
    return True


def main():
    size, script, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    master, slave = pty.openpty()
    resize(master, size)
    before = termios.tcgetattr(slave)
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.login_tty(slave)
        os.execvp(command[0], command)
    screen = Screen(master)
    complete = all(act(step, screen, pid) for step in script.splitlines())
    if not complete:
        os.kill(pid, signal.SIGKILL)
    status = screen.watch(pid)
    if termios.tcgetattr(slave) != before:
        sys.stderr.write("changed\n")
    os.close(slave)
    while screen.look():
        pass
    sys.stdout.buffer.write(screen.shown)
    return os.waitstatus_to_exitcode(status) if complete else 99


if __name__ == "__main__":
    status = main()
    sys.exit(status if status >= 0 else 128 - status)
