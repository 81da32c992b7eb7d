package hoopoe.prove.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came out. */
final class SocketSummary {

    private final Map<SocketCall, Map<String, Integer>> verdicts = new EnumMap<>(SocketCall.class);
    private final List<String> breaches = new ArrayList<>();
    private int cases;
    private int sends;
    private int twice;
    private int neighbour;
    private Duration time = Duration.ZERO;

    synchronized void breach(String what) {
        breaches.add(what);
    }

    synchronized void neighbour() {
        neighbour++;
    }

    synchronized void count(SocketCase one, String verdict, int sent) {
        verdicts.computeIfAbsent(one.call(), unknown -> new TreeMap<>()).merge(verdict, 1, Integer::sum);
        sends += sent;
        twice += sent > 1 ? 1 : 0;
    }

    synchronized SocketSummary done(List<SocketCase> all, Duration took) {
        cases = all.size();
        time = took;
        return this;
    }

    /** Promises that were broken. */
    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    @Override
    public synchronized String toString() {
        var text = new StringBuilder(
                "%,d cases in %d s: %,d sends arrived, %d of them twice; %d of a neighbour; %d breaches%n"
                        .formatted(cases, time.toSeconds(), sends, twice, neighbour, breaches.size()));
        verdicts.forEach(
                (call, counts) -> text.append(call).append(' ').append(counts).append('\n'));
        breaches.stream().limit(100).forEach(breach -> text.append(breach).append('\n'));
        return text.toString();
    }
}
