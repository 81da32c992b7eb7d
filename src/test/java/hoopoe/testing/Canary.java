package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Delivery;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What nobody may read in a log line or in the message of an exception: it goes in as password, key, number and text, comes back in
 * everything that the other side says, and is looked for in all that is logged at any level, thrown and measured while this is open.
 */
public final class Canary implements AutoCloseable {

    public static final String PASSWORD = "canary-pässwörd";
    public static final String TEXT = "canary text";

    /** All of it, as an answer might repeat it. */
    private static final String SONG =
            PASSWORD + ' ' + TEXT + " for +886912345678, 0912345678, +989121234567, 421901727051";

    private static final List<String> NUMBERS = List.of("912345678", "9121234567", "901727051");

    private final List<String> birds;
    private final Logger logger = Logger.getLogger("hoopoe");
    private final Level level = logger.getLevel();
    private final LogLines lines = LogLines.of("hoopoe");
    private final ConcurrentLinkedQueue<String> thrown = new ConcurrentLinkedQueue<>();

    /** @param more what is private beside words and numbers of this class: keys */
    public Canary(String... more) {
        birds = Stream.of(List.of("canary"), NUMBERS, List.of(more))
                .flatMap(List::stream)
                .toList();
        logger.setLevel(Level.ALL);
    }

    /** What a provider could say that repeats what it was told. */
    public static List<Fault> answers() {
        return List.of(
                Fault.says(SONG),
                Fault.says("-99," + SONG),
                Fault.says("-306," + SONG),
                Fault.says("1.00,1,1,0," + SONG),
                Fault.says("<a>" + SONG + "</a>"),
                Fault.says("{\"a\": \"" + SONG),
                Fault.fails(SONG),
                Fault.instead(Answer.html(200, SONG)),
                Fault.instead(Answer.html(401, SONG)),
                Fault.instead(Answer.html(500, SONG)),
                Fault.instead(Answer.of(200, SONG, SONG)),
                Fault.instead(Answer.of(200, "application/json", "{\"status\": \"" + SONG + "\"}")),
                Fault.instead(Answer.of(200, "text/xml", "<response><status>" + SONG + "</status></response>")),
                work -> Answer.nothing(Ending.CLOSE)
                        .by(Delivery.raw(SONG.getBytes(StandardCharsets.UTF_8), Ending.CLOSE)));
    }

    /** May end as it likes. */
    public void in(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError e) {
            for (Throwable next = e; next != null; next = next.getCause()) {
                thrown.add(String.valueOf(next.getMessage()));
            }
        }
    }

    /** What was thrown so far: messages, causes included. */
    public List<String> thrown() {
        return List.copyOf(thrown);
    }

    public List<String> logged() {
        return lines.all();
    }

    public void assertUnheard() {
        for (var bird : birds) {
            assertThat(lines.all()).as("logged").noneMatch(line -> line.contains(bird));
            assertThat(thrown).as("thrown").noneMatch(message -> message.contains(bird));
        }
    }

    @Override
    public void close() {
        lines.close();
        logger.setLevel(level);
    }
}
