// Both ends of a terminal.
#include "kinds.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>

static int master, slave;

static void terminal_set_up(void) {
    struct termios settings;
    master = (int)must(posix_openpt(O_RDWR | O_NOCTTY), "posix_openpt");
    must(unlockpt(master), "unlockpt");
    slave = (int)must(open(ptsname(master), O_RDWR | O_NOCTTY), "open the terminal");
    must(tcgetattr(slave, &settings), "tcgetattr");
    cfmakeraw(&settings);
    must(tcsetattr(slave, TCSANOW, &settings), "tcsetattr");
    must(ioctl(master, TIOCSWINSZ, &(struct winsize){.ws_row = 33, .ws_col = 111}), "TIOCSWINSZ");
}

// What is on its way through a terminal is lost at a checkpoint: nothing is left there.
static void terminal_verify(void) {
    struct termios settings;
    struct winsize size;
    must(tcgetattr(slave, &settings), "tcgetattr");
    same(settings.c_lflag & (ICANON | ECHO), 0, "flags of the terminal");
    must(ioctl(slave, TIOCGWINSZ, &size), "TIOCGWINSZ");
    same(size.ws_row, 33, "rows");
    same(size.ws_col, 111, "columns");
    char byte;
    must(write(master, "m", 1), "write");
    same(must(read(slave, &byte, 1), "read"), 1, "bytes of the master");
    same(byte, 'm', "byte of the master");
    must(write(slave, "s", 1), "write");
    same(must(read(master, &byte, 1), "read"), 1, "bytes of the slave");
    same(byte, 's', "byte of the slave");
}

const struct kind terminal_kinds[] = {
    {"terminal", terminal_set_up, terminal_verify},
    {0},
};
