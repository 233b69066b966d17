package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.wire.WireException;

/** Kinds of frames between the front and Java ({@code native/front/frame.h}). */
enum FrameType {
    /** u32 version, argv, env, cwd, list of u32 descriptor numbers; the descriptors. */
    HELLO(1),
    /** u32 request, u32 pid. */
    SPAWNED(2),
    /** u32 request, u32 errno, u32 step. */
    SPAWN_FAILED(3),
    /** u32 pid, u32 wait status. */
    EXITED(4),
    /** u32 number. */
    SIGNAL(5),
    /** Empty. */
    LEFT(6),
    /** u32 request, u32 flags, path, argv, env, cwd, keyring, list of u32 numbers; the descriptors. */
    SPAWN(16),
    /** u32 pid, or 0. */
    FORWARD(17),
    /** u32 exit code. */
    EXIT(18),
    /** Empty. */
    LEAVE(19),
    /** Empty; the master of a terminal. */
    JOIN_TERMINAL(20);

    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static FrameType of(int number) {
        for (FrameType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new WireException("a frame of unknown type " + Integer.toUnsignedString(number), null);
    }
}
