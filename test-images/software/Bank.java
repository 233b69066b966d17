import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code Bank REPORT}: 20 threads that move money between accounts, and make garbage all the time. At the end of each round all meet,
 * and one of them checks that no money and no thread is lost, and that what was remembered is what it was.
 */
public final class Bank {
    private static final int THREADS = 20;
    private static final int ACCOUNTS = 100;
    private static final int MOVES_A_ROUND = 200;
    private static final long BALANCE = 1_000;

    private final Path report;
    private final long[] accounts = new long[ACCOUNTS];
    private final Object[] locks = new Object[ACCOUNTS];
    private final AtomicLong moves = new AtomicLong();
    private final Map<String, byte[]> remembered = new HashMap<>();
    private final CyclicBarrier end = new CyclicBarrier(THREADS, this::check);
    private long rounds;

    private Bank(Path report) {
        this.report = report;
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts[i] = BALANCE;
            locks[i] = new Object();
            remembered.put("key " + i, new byte[] {(byte) i, (byte) (i * 7)});
        }
    }

    public static void main(String[] words) throws Exception {
        Bank bank = new Bank(Path.of(words[0]));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            threads.add(new Thread(() -> bank.work(random), "teller " + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void work(Random random) {
        Deque<long[]> garbage = new ArrayDeque<>();
        try {
            while (true) {
                for (int move = 0; move < MOVES_A_ROUND; move++) {
                    move(random.nextInt(ACCOUNTS), random.nextInt(ACCOUNTS), random.nextInt(10));
                    garbage.add(new long[64]);
                    if (garbage.size() > 1_000) {
                        garbage.clear();
                    }
                }
                Thread.sleep(20);
                end.await();
            }
        } catch (Exception e) {
            tell("bad jvm " + e);
        }
    }

    private void move(int from, int to, long amount) {
        synchronized (locks[Math.min(from, to)]) {
            synchronized (locks[Math.max(from, to)]) {
                accounts[from] -= amount;
                accounts[to] += amount;
            }
        }
        moves.incrementAndGet();
    }

    /** All threads wait meanwhile. */
    private void check() {
        rounds++;
        long sum = 0;
        for (long account : accounts) {
            sum += account;
        }
        if (sum != ACCOUNTS * BALANCE) {
            throw new IllegalStateException("the accounts hold " + sum);
        }
        if (moves.get() != rounds * THREADS * MOVES_A_ROUND) {
            throw new IllegalStateException(moves + " moves in " + rounds + " rounds");
        }
        remembered.forEach((key, value) -> {
            int i = Integer.parseInt(key.substring(4));
            if (value[0] != (byte) i || value[1] != (byte) (i * 7)) {
                throw new IllegalStateException(key + " has changed");
            }
        });
        tell("ok jvm " + rounds);
    }

    private void tell(String line) {
        try {
            Path made = Files.writeString(Path.of("/tmp/report"), line + "\n");
            Files.move(made, report, StandardCopyOption.ATOMIC_MOVE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
