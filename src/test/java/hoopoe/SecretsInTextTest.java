package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.message.PhoneNumber;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No record shows a secret, a foreign text or a whole number as text, neither its own nor one of a record inside it. */
class SecretsInTextTest {

    private static final String CANARY = "c4n4ry";

    /** What shows itself as something else, and keeps to itself what it holds. */
    private static final Map<String, Set<String>> HIDDEN = Map.ofEntries(
            Map.entry("secret.AccountSecret", Set.of("user", "password", "billingKey", "callbackTokens")),
            Map.entry("secret.Credentials", Set.of("user", "password", "billingKey")),
            Map.entry("access.ApiKey", Set.of("secret")),
            Map.entry("access.IssuedKey", Set.of("hash")),
            Map.entry("api.keys.KeysResponse$Created", Set.of("key")),
            Map.entry("api.webhooks.EndpointView", Set.of("secret", "url")),
            Map.entry("event.EndpointSecrets", Set.of("current", "previous")),
            Map.entry("event.WebhookEndpoint", Set.of("url")),
            Map.entry("account.session.Session$StoredKey", Set.of("value")),
            Map.entry("provider.every8d.Every8dLogin$SessionKey", Set.of("value")),
            Map.entry("provider.every8d.Every8dLoginResult$LoggedIn", Set.of("value")),
            Map.entry("provider.text421.Text421Response", Set.of("description")),
            Map.entry("provider.xml.RpcValue$Text", Set.of("text")),
            Map.entry("provider.SendOrder", Set.of("text", "subject")),
            Map.entry("provider.SendOrder$OrderRecipient", Set.of("text")),
            Map.entry("provider.ReportPage$ReplyRow", Set.of("text")),
            Map.entry("provider.InboxContent$ReceivedMessage", Set.of("text")),
            Map.entry("provider.CallbackContent$ReplyCallback", Set.of("text")),
            Map.entry("provider.CallbackRequest", Set.of("query", "contentType")),
            Map.entry("store.batch.IdempotencyKey", Set.of("key", "fingerprint")));

    /** A member of such a name is hidden, or it is what its record is there to tell people: say which. */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|secret|billingkey|tokens|credential|passphrase).*");

    private static final Map<Class<?>, Object> SAMPLES = samples();

    private static Map<Class<?>, Object> samples() {
        var samples = new HashMap<Class<?>, Object>();
        samples.put(int.class, 1);
        samples.put(Integer.class, 1);
        samples.put(long.class, 1L);
        samples.put(Long.class, 1L);
        samples.put(double.class, 1.0);
        samples.put(boolean.class, true);
        samples.put(Boolean.class, true);
        samples.put(byte[].class, CANARY.getBytes());
        samples.put(BigDecimal.class, BigDecimal.ONE);
        samples.put(Instant.class, Instant.EPOCH);
        samples.put(LocalDate.class, LocalDate.EPOCH);
        samples.put(Duration.class, Duration.ZERO);
        samples.put(URI.class, URI.create("http://127.0.0.1/"));
        samples.put(PhoneNumber.class, new PhoneNumber("+886912345678"));
        samples.put(
                Event.class,
                new Event(
                        Event.id(Instant.EPOCH, "x"),
                        EventType.REPLY_RECEIVED,
                        Instant.EPOCH,
                        "x",
                        "x",
                        Map.of(),
                        Map.of("text", CANARY)));
        return samples;
    }

    static List<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPath("target/classes").stream()
                        .filter(type -> type.isAssignableTo(Record.class))
                        .map(JavaClass::reflect)
                        .collect(Collectors.toList());
    }

    private static String name(Class<?> record) {
        return record.getName().substring("hoopoe.".length());
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordShowsNoneOfThem(Class<?> record) throws Exception {
        var shown = String.valueOf(value(record, "x", 0));

        assertThat(shown).doesNotContain(CANARY).doesNotContain("+886912345678");
    }

    @Test
    void everyMemberThatIsNamedLikeASecretIsHidden() {
        var seen = records().stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .filter(member -> SECRET.matcher(member.getName()).matches())
                .filter(member -> isText(member.getGenericType()))
                .filter(member -> !isHidden(member))
                .map(RecordComponent::toString);

        assertThat(seen).isEmpty();
    }

    @Test
    void whatIsSaidToBeHiddenIsThere() {
        var members = records().stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .filter(SecretsInTextTest::isHidden)
                .count();

        assertThat(members)
                .isEqualTo(HIDDEN.values().stream().mapToInt(Set::size).sum());
    }

    private static boolean isText(Type type) {
        return type.getTypeName().contains("String");
    }

    private static boolean isHidden(RecordComponent member) {
        return HIDDEN.getOrDefault(name(member.getDeclaringRecord()), Set.of()).contains(member.getName());
    }

    private static Object built(Class<?> record, int depth) throws ReflectiveOperationException {
        var members = record.getRecordComponents();
        var types = Stream.of(members).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var constructor = record.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        var values = new Object[members.length];
        for (int i = 0; i < members.length; i++) {
            values[i] = value(members[i].getGenericType(), isHidden(members[i]) ? CANARY : "x", depth);
        }
        return constructor.newInstance(values);
    }

    /** @param text for every text in it */
    private static @Nullable Object value(Type type, String text, int depth) throws ReflectiveOperationException {
        var raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : type;
        if (!(raw instanceof Class<?> kind)) {
            return null;
        } else if (kind == String.class || kind == Object.class) {
            return text;
        } else if (SAMPLES.containsKey(kind)) {
            return SAMPLES.get(kind);
        } else if (kind.isEnum()) {
            return kind.getEnumConstants()[0];
        } else if (type instanceof ParameterizedType generic) {
            return container(kind, generic.getActualTypeArguments(), text, depth);
        } else if (kind.isSealed()) {
            return depth > 5 ? null : value(kind.getPermittedSubclasses()[0], text, depth + 1);
        }
        return kind.isRecord() && depth < 6 ? built(kind, depth + 1) : null;
    }

    private static @Nullable Object container(Class<?> kind, Type[] of, String text, int depth)
            throws ReflectiveOperationException {
        var first = value(of[0], text, depth + 1);
        if (kind == Optional.class) {
            return Optional.ofNullable(first);
        } else if (kind == Map.class) {
            var second = value(of[1], text, depth + 1);
            return first == null || second == null ? Map.of() : Map.of(first, second);
        } else if (kind == Set.class) {
            return first == null ? Set.of() : Set.of(first);
        } else if (kind == SortedSet.class) {
            return new TreeSet<Object>();
        }
        return Collection.class.isAssignableFrom(kind) || kind == Collection.class
                ? first == null ? List.of() : List.of(first)
                : null;
    }
}
