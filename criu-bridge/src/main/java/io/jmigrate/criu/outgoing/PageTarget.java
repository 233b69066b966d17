package io.jmigrate.criu.outgoing;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.runtime.linux.Fd;
import java.util.Map;

/** What a dump does with memory if CRIU doesn't write it into the image directory. */
public sealed interface PageTarget extends AutoCloseable permits RemotePageServer, LazyDump {
    /** The socket that CRIU gets to send it to. */
    Fd criuEnd();

    /** All that CRIU gets, by numbers in its process. */
    default Map<Integer, Fd> descriptors() {
        return Map.of(Swrk.FIRST_FREE_NUMBER, criuEnd());
    }

    /** What CRIU is asked to do. */
    default DumpRequest.Memory memory() {
        return new DumpRequest.Memory.ToPageServer(Swrk.FIRST_FREE_NUMBER);
    }

    /** The container's configuration file with what CRIU takes in no other way. @param container what it says by itself */
    default CriuConfig configured(CriuConfig container) {
        return container;
    }

    /** Begins to take it; CRIU has its end by now, ours of it is closed. */
    void begin();

    /**
     * Adds to a failed dump why the pages could not be taken, if that is known; called when CRIU has ended.
     *
     * @return what to report
     */
    RuntimeException explain(RuntimeException dumpFailure);

    @Override
    void close();
}
