package hoopoe.local.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How every switch of a simulator stands: its catalogue is a class of enums, each of which is a switch that starts at its
 * first constant. All of them can be turned at any moment.
 */
public final class Switches {
    private final Map<Class<?>, Enum<?>> chosen = new ConcurrentHashMap<>();
    private final Class<?> catalogue;

    /** @param catalogue a class with nothing but enums in it */
    public Switches(Class<?> catalogue) {
        this.catalogue = catalogue;
    }

    /** For who has none. */
    public static Switches none() {
        return new Switches(Void.class);
    }

    /** Turns one switch. */
    public <E extends Enum<E>> Switches set(E choice) {
        chosen.put(choice.getDeclaringClass(), choice);
        return this;
    }

    /**
     * Turns one switch by name, as the control surface does.
     *
     * @throws IllegalArgumentException when there is no such switch or choice
     */
    public void set(String name, String choice) {
        Enum<?> found = choices(name).stream()
                .filter(candidate -> candidate.name().equals(choice))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is one of " + choices(name)));
        chosen.put(found.getDeclaringClass(), found);
    }

    public <E extends Enum<E>> E get(Class<E> which) {
        Enum<?> choice = chosen.get(which);
        return choice == null ? which.getEnumConstants()[0] : which.cast(choice);
    }

    public <E extends Enum<E>> boolean is(E choice) {
        return get(choice.getDeclaringClass()) == choice;
    }

    /** All back to the start. */
    public void reset() {
        chosen.clear();
    }

    /** Every switch by name, with its choice. */
    public Map<String, String> standing() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Class<? extends Enum<?>> which : switches()) {
            Enum<?> choice = chosen.getOrDefault(which, which.getEnumConstants()[0]);
            all.put(which.getSimpleName(), choice.name());
        }
        return all;
    }

    /** The choices of one switch, the first being the start. */
    public List<Enum<?>> choices(String name) {
        return switches().stream()
                .filter(which -> which.getSimpleName().equals(name))
                .findFirst()
                .<List<Enum<?>>>map(which -> Arrays.asList(which.getEnumConstants()))
                .orElseThrow(() -> new IllegalArgumentException("no switch " + name));
    }

    private List<Class<? extends Enum<?>>> switches() {
        List<Class<? extends Enum<?>>> all = new ArrayList<>();
        for (Class<?> nested : catalogue.getDeclaredClasses()) {
            @SuppressWarnings("unchecked") // every nested class is an enum
            Class<? extends Enum<?>> which = (Class<? extends Enum<?>>) nested.asSubclass(Enum.class);
            all.add(which);
        }
        all.sort((one, other) -> one.getSimpleName().compareTo(other.getSimpleName()));
        return all;
    }
}
