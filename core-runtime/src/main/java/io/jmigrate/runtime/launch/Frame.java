package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.wire.WireReader;
import java.util.List;

/** One received frame. @param fds owned by whoever takes the frame */
record Frame(FrameType type, WireReader payload, List<Fd> fds) {}
