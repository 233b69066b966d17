/* Several names of one file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "copy_up.h"

enum { LINKS_MAX = 1 << 20 }; /* a filesystem that has more is none that belongs into memory */

static int remember(struct copy *copy, const struct stat *status)
{
    if (copy->links_count == copy->links_room) {
        size_t room = copy->links_room == 0 ? 64 : 2 * copy->links_room;
        struct copied_link *links = room <= LINKS_MAX ? realloc(copy->links, room * sizeof(*links)) : NULL;
        if (links == NULL)
            return ENOMEM;
        copy->links = links;
        copy->links_room = room;
    }
    char *path = strdup(copy->path);
    if (path == NULL)
        return ENOMEM;
    copy->links[copy->links_count++] =
        (struct copied_link){.device = status->st_dev, .inode = status->st_ino, .path = path};
    return 0;
}

int link_to_copy(struct copy *copy, int to, const char *name, const struct stat *status, bool *linked)
{
    *linked = false;
    if (S_ISDIR(status->st_mode) || status->st_nlink < 2)
        return 0;
    for (size_t i = 0; i < copy->links_count; i++) {
        const struct copied_link *link = &copy->links[i];
        if (link->device == status->st_dev && link->inode == status->st_ino) {
            *linked = true;
            return linkat(copy->root, link->path, to, name, 0) < 0 ? errno : 0;
        }
    }
    return remember(copy, status);
}

void forget_links(struct copy *copy)
{
    for (size_t i = 0; i < copy->links_count; i++)
        free(copy->links[i].path);
    free(copy->links);
}
