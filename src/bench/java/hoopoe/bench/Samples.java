package hoopoe.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that was measured, by part of the run, peer, metric and round. A round in which the floor itself trembled is not
 * counted, unless too few would remain.
 */
final class Samples {

    /** The peer by which noise is judged. */
    static final String FLOOR = "c";

    private static final int FEWEST = 3;
    private static final double MOST_NOISE = 3;

    private record Series(String part, String peer, String metric) {}

    private final Map<Series, TreeMap<Integer, List<Double>>> values = new HashMap<>();
    private final Map<String, Set<Integer>> rounds = new TreeMap<>();
    private final Map<String, Set<Integer>> noisy = new HashMap<>();
    private final Map<String, Map<Integer, Double>> floors = new HashMap<>();

    void add(String part, String peer, String metric, int round, double value) {
        values.computeIfAbsent(new Series(part, peer, metric), series -> new TreeMap<>())
                .computeIfAbsent(round, one -> new ArrayList<>())
                .add(value);
        rounds.computeIfAbsent(part, one -> new TreeSet<>()).add(round);
    }

    /**
     * Judges a round by the floor's own spread; the others of its part are judged by its median too.
     *
     * @return false where it is too noisy by itself
     */
    boolean judge(String part, int round, double median, double p90) {
        floors.computeIfAbsent(part, one -> new HashMap<>()).put(round, median);
        var isQuiet = p90 <= MOST_NOISE * median;
        if (!isQuiet) {
            noisy.computeIfAbsent(part, one -> new HashSet<>()).add(round);
        }
        return isQuiet;
    }

    boolean has(String part, String peer) {
        return values.keySet().stream()
                .anyMatch(series -> series.part().equals(part) && series.peer().equals(peer));
    }

    /** The median of each round that counts. */
    double[] medians(String part, String peer, String metric) {
        return counted(part, peer, metric).stream()
                .mapToDouble(round -> Statistics.median(array(round)))
                .toArray();
    }

    /** The least of all rounds, noisy or not. */
    double least(String part, String peer, String metric) {
        return all(part, peer, metric).values().stream()
                .flatMap(List::stream)
                .min(Comparator.naturalOrder())
                .orElse(Double.NaN);
    }

    /** What was measured in one round. */
    double[] round(String part, String peer, String metric, int round) {
        return array(all(part, peer, metric).getOrDefault(round, List.of()));
    }

    /** For people: how many rounds there were and how many are not counted. */
    String rounds(String part) {
        var made = rounds.getOrDefault(part, Set.of()).size();
        var rejected = rejected(part).size();
        var tooFew = rejected > 0 && made - rejected < FEWEST;
        return made + " rounds, " + rejected + " too noisy" + (tooFew ? " (counted all the same)" : "");
    }

    /** Too noisy by themselves, or slow from beginning to end. */
    private Set<Integer> rejected(String part) {
        var medians = floors.getOrDefault(part, Map.of());
        var best = medians.values().stream().min(Comparator.naturalOrder()).orElse(0.0);
        var rejected = new HashSet<>(noisy.getOrDefault(part, Set.of()));
        medians.forEach((round, median) -> {
            if (median > MOST_NOISE * best) {
                rejected.add(round);
            }
        });
        return rejected;
    }

    private List<List<Double>> counted(String part, String peer, String metric) {
        var rejected = rejected(part);
        var enough = rounds.getOrDefault(part, Set.of()).size() - rejected.size() >= FEWEST;
        return all(part, peer, metric).entrySet().stream()
                .filter(round -> !enough || !rejected.contains(round.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private TreeMap<Integer, List<Double>> all(String part, String peer, String metric) {
        return values.getOrDefault(new Series(part, peer, metric), new TreeMap<>());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
