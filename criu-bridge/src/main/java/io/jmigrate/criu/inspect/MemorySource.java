package io.jmigrate.criu.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** Images with the contents of memory among them, which are passed through from front to back and never held. */
public interface MemorySource extends ImageSource {
    /** pages-N.img: criu/image-desc.c. */
    Pattern PAGES = Pattern.compile("pages-\\d{1,9}\\.img");

    /** What is done with an image. */
    @FunctionalInterface
    interface Use {
        /** @param content of the image; what isn't read of it is passed over */
        void image(String name, InputStream content) throws IOException;
    }

    /**
     * Hands over each {@code pages-N.img} once, in the order that suits the source.
     *
     * @throws IOException what the use throws, or if an image can't be read
     */
    void eachPagesImage(Use use) throws IOException;

    /** Whether an image of that name holds contents of memory. */
    static boolean holdsPages(String name) {
        return PAGES.matcher(name).matches();
    }
}
