package hoopoe.testing;

import hoopoe.event.Event;
import hoopoe.event.EventSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it is given, and does as it is told. Nobody listens at first. */
public final class FakeListener implements EventSink {

    private final List<Event> taken = new CopyOnWriteArrayList<>();
    private volatile boolean listening;
    private volatile boolean down;
    private volatile Consumer<List<Event>> first = events -> {};

    /** From now on somebody listens. */
    public FakeListener listening() {
        listening = true;
        return this;
    }

    /** From now on it takes nothing, or everything again. */
    public void down(boolean now) {
        down = now;
    }

    /** Before it takes events, from now on. */
    public void before(Consumer<List<Event>> work) {
        first = work;
    }

    /** What it took, repeats too, in their order. */
    public List<Event> taken() {
        return List.copyOf(taken);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public boolean listens(@Nullable String caller) {
        return listening;
    }

    @Override
    public SinkResult give(List<Event> events, boolean withContent, Duration limit) {
        first.accept(events);
        if (down) {
            return new SinkResult(List.of(), events, Optional.of("Down"));
        }
        taken.addAll(events);
        return SinkResult.all(events);
    }
}
