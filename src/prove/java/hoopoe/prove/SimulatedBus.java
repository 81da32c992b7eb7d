package hoopoe.prove;

import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.prove.Scheduler.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bus that is down at times, takes some and not others, and takes events without saying so. */
final class SimulatedBus implements EventSink {

    private static final Fault[] FAULTS = {
        Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.FREEZE_BEFORE, Fault.FREEZE_AFTER, Fault.LOST, Fault.UNREACHED
    };

    private static final class Down extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final Scheduler.Failing FAILING = new Scheduler.Failing() {
        @Override
        public RuntimeException lost() {
            return new Down();
        }

        @Override
        public RuntimeException conflict() {
            return new Down();
        }
    };

    private final Scheduler scheduler;
    private final List<Event> taken = new ArrayList<>();

    SimulatedBus(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** With repeats, in their order. */
    List<Event> taken() {
        return taken;
    }

    @Override
    public String name() {
        return "bus";
    }

    @Override
    public boolean listens(@Nullable String caller) {
        return true;
    }

    @Override
    public SinkResult give(List<Event> events, boolean withContent, Duration limit) {
        try {
            return scheduler.effect(
                    () -> "tells " + events.stream().map(SimulatedBus::text).toList(), FAILING, FAULTS, () -> {
                        var owed = new ArrayList<Event>();
                        for (var event : events) {
                            if (!scheduler.isCalm() && scheduler.oneIn(20)) {
                                owed.add(event);
                            } else {
                                taken.add(event);
                            }
                        }
                        var given = events.stream()
                                .filter(event -> !owed.contains(event))
                                .toList();
                        return new SinkResult(
                                given, owed, owed.isEmpty() ? Optional.empty() : Optional.of("Throttled"));
                    });
        } catch (Down e) {
            return new SinkResult(List.of(), events, Optional.of("Down"));
        }
    }

    private static String text(Event event) {
        return event.type().label() + ' '
                + event.data().getOrDefault("message_id", event.data().get("batch_id")) + " v"
                + event.data().get("version");
    }
}
