package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.Fifo;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileOwner;
import io.jmigrate.criu.image.entry.Pipe;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.criu.image.entry.Terminal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamFilesTest {
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int READ_WRITE = 2;

    @Test
    void aFileThatIsOutputAndErrorsIsOneOrTheOtherByTheNumberOfTheDescriptor() {
        StreamFiles files = files(stream(1, "file[1b:2]"), stream(2, "file[1b:2]"));
        files.add(external(7, "file[1b:2]", WRITE));

        assertThat(files.numberOf(descriptor(1, 7))).contains(1);
        assertThat(files.numberOf(descriptor(2, 7))).contains(2);
        assertThat(files.numberOf(descriptor(10, 7)))
                .as("a copy kept elsewhere")
                .contains(1);
        assertThat(files.numberOf(descriptor(1, 8))).isEmpty();
    }

    @Test
    void aTerminalThatIsEverythingIsTheInputOnlyWhereItIsReadAlone() {
        StreamFiles files = new StreamFiles(
                List.of(stream(0, "tty[8803:19]"), stream(1, "tty[8803:19]"), stream(2, "tty[8803:19]")),
                Map.of(5, "tty[8803:19]", 6, "tty[8804:19]"));
        files.add(terminal(7, 5, READ_WRITE));
        files.add(terminal(8, 5, READ));
        files.add(terminal(9, 6, READ_WRITE));

        assertThat(files.numberOf(descriptor(0, 7))).contains(0);
        assertThat(files.numberOf(descriptor(4, 7))).contains(1);
        assertThat(files.numberOf(descriptor(4, 8))).contains(0);
        assertThat(files.numberOf(descriptor(1, 9))).as("another terminal").isEmpty();
    }

    @Test
    void aPipeThatIsReadAndWrittenWithinTheContainerIsLeftAlone() {
        StreamFiles files = files(stream(1, "pipe:[20]"), stream(2, "pipe:[21]"));
        FileEntry host = pipe(9, 21, WRITE);
        List<FileEntry> entries = List.of(pipe(7, 20, WRITE), pipe(8, 20, READ), host);
        entries.forEach(files::add);

        assertThat(entries).filteredOn(files::isReplaced).containsExactly(host);
        assertThat(files.numberOf(descriptor(1, 7))).isEmpty();
        assertThat(files.numberOf(descriptor(2, 9))).contains(2);
    }

    @Test
    void aFifoGoesWithTheFileThatHasItsName() {
        StreamFiles files = files(stream(0, "file[1b:2]"));
        FileEntry name = external(7, "file[1b:2]", READ);
        FileEntry fifo = fifo(8, 7);
        files.add(name);
        files.add(fifo);

        assertThat(List.of(name, fifo)).allMatch(files::isReplaced);
        assertThat(files.numberOf(descriptor(0, 8))).contains(0);
    }

    @Test
    void newEntriesGetIdsThatNoOtherHas() {
        StreamFiles files = files();
        files.add(pipe(9, 21, WRITE));
        files.add(pipe(12, 22, WRITE));

        assertThat(List.of(files.newId(0), files.newId(1), files.newId(2))).containsExactly(13, 14, 15);
    }

    private static StreamFiles files(HostStream... streams) {
        return new StreamFiles(List.of(streams), Map.of());
    }

    private static HostStream stream(int number, String key) {
        return new HostStream(number, key);
    }

    private static FdinfoEntry descriptor(int number, int file) {
        return FdinfoEntry.newBuilder()
                .setId(file)
                .setFlags(0)
                .setType(1)
                .setFd(number)
                .build();
    }

    private static FileEntry external(int id, String key, int flags) {
        FileOwner nobody = FileOwner.newBuilder()
                .setUid(0)
                .setEuid(0)
                .setSignum(0)
                .setPidType(0)
                .setPid(0)
                .build();
        return entry(id)
                .setReg(RegularFile.newBuilder()
                        .setId(id)
                        .setFlags(flags)
                        .setPos(0)
                        .setFown(nobody)
                        .setName(key)
                        .setExt(true))
                .build();
    }

    private static FileEntry pipe(int id, int inode, int flags) {
        return entry(id)
                .setPipe(Pipe.newBuilder().setId(id).setPipeId(inode).setFlags(flags))
                .build();
    }

    private static FileEntry fifo(int id, int name) {
        return entry(id)
                .setFifo(Fifo.newBuilder().setId(id).setPipeId(0).setRegfId(name))
                .build();
    }

    private static FileEntry terminal(int id, int info, int flags) {
        return entry(id)
                .setTty(Terminal.newBuilder().setId(id).setTtyInfoId(info).setFlags(flags))
                .build();
    }

    private static FileEntry.Builder entry(int id) {
        return FileEntry.newBuilder().setType(0).setId(id);
    }
}
