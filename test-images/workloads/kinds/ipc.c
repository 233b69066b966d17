// System V's shared memory, semaphores and queues of messages. They belong to the IPC namespace, which has to be the container's.
#include "kinds.h"

#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

enum { KEY = 0x4b494e44, BYTES = 65536 };

static int id;
static volatile uint64_t *counter;
static uint64_t expected;

// Attached to two processes, under a key.
static void shm_set_up(void) {
    id = (int)must(shmget(KEY, BYTES, IPC_CREAT | 0600), "shmget");
    counter = shmat(id, NULL, 0);
    hold(counter != (void *)-1, "the memory is attached");
    sleeper();
}

static void shm_verify(void) {
    struct shmid_ds status;
    same((long long)*counter, (long long)expected, "counter in the memory");
    *counter = ++expected;
    same(shmget(KEY, BYTES, 0), id, "id of the memory");
    must(shmctl(id, IPC_STAT, &status), "shmctl");
    same((long long)status.shm_nattch, 2, "processes that have it");
    same((long long)status.shm_perm.mode & 0777, 0600, "its mode");
}

static void sem_set_up(void) {
    id = (int)must(semget(KEY, 3, IPC_CREAT | 0640), "semget");
    for (int i = 0; i < 3; i++)
        must(semctl(id, i, SETVAL, 5 + i), "semctl");
}

static void sem_verify(void) {
    struct sembuf operations[] = {{.sem_num = 0, .sem_op = -5, .sem_flg = IPC_NOWAIT}, {.sem_num = 0, .sem_op = 5}};
    same(semget(KEY, 3, 0), id, "id of the semaphores");
    for (int i = 0; i < 3; i++)
        same(semctl(id, i, GETVAL), 5 + i, "value");
    must(semop(id, operations, 2), "semop");
}

struct message {
    long type;
    uint64_t number;
};

static void msg_send(long type) {
    struct message message = {.type = type, .number = expected + (uint64_t)type};
    must(msgsnd(id, &message, sizeof message.number, IPC_NOWAIT), "msgsnd");
}

static void msg_set_up(void) {
    id = (int)must(msgget(KEY, IPC_CREAT | 0600), "msgget");
    msg_send(1);
    msg_send(2);
}

static void msg_verify(void) {
    struct message message;
    same(msgget(KEY, 0), id, "id of the queue");
    for (long type = 2; type > 0; type--) {
        must(msgrcv(id, &message, sizeof message.number, type, IPC_NOWAIT), "msgrcv");
        same((long long)message.number, (long long)expected + type, "content of the message");
    }
    expected++;
    msg_send(1);
    msg_send(2);
}

const struct kind ipc_kinds[] = {
    {"sysv-shm", shm_set_up, shm_verify},
    {"sysv-sem", sem_set_up, sem_verify},
    {"sysv-msg", msg_set_up, msg_verify},
    {0},
};
