package hoopoe.testing;

import hoopoe.message.NumberTags;
import hoopoe.platform.Sha256;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes beans as CDI does: each by its one constructor, from other beans, and once. A test gives what it wants otherwise. */
public final class Beans {

    private static final NumberTags TAGS = number -> List.of(Sha256.hex("of a test " + number.e164(), 16));

    private final List<Object> beans = new ArrayList<>();

    /** @param given what is not made, first come first served: a table, a clock, a configuration */
    public Beans(Object... given) {
        beans.addAll(List.of(given));
        beans.add(new SecureRandom());
        beans.add(TAGS);
    }

    /** From now on this one is the bean. */
    public <T> T given(T bean) {
        beans.add(0, bean);
        return bean;
    }

    public <T> T get(Class<T> type) {
        return beans.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseGet(() -> {
                    var bean = made(type);
                    beans.add(bean);
                    return bean;
                });
    }

    private <T> T made(Class<T> type) {
        try {
            var constructor = constructor(type);
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance(
                    Stream.of(constructor.getParameterTypes()).map(this::get).toArray()));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no bean " + type, e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        var all = type.getDeclaredConstructors();
        return Stream.of(all)
                .filter(one -> all.length == 1 || one.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError("give a " + type));
    }
}
