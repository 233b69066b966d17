package io.jmigrate.criu.confine;

import io.jmigrate.criu.inspect.ImageCheck;
import io.jmigrate.criu.inspect.ImageSource;
import io.jmigrate.criu.inspect.NeededImages;
import io.jmigrate.criu.memory.PagemapCheck;

/** Whether images that somebody else has made are what their names say. CRIU reads them as root, and trusts them more than it should. */
public final class StrangersImages {
    private StrangersImages() {}

    /** @throws io.jmigrate.runtime.failure.Failure the source's, at the first that is not */
    public static void check(ImageSource source) {
        ImageCheck.run(source);
        NeededImages.requireOfProcesses(source);
        PagemapCheck.run(source);
        CgroupCheck.run(source);
    }
}
