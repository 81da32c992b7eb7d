package hoopoe.store;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.WrittenJson;
import hoopoe.store.table.PackedAttribute;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** What the table's stream gives, and what is packed in its items. */
class StreamFuzzTest {

    /** A record that is none of ours is left out: an exception would hold up those behind it. */
    @FuzzTest
    @DictionaryEntries({
        "{\"Records\":[",
        "\"dynamodb\":{",
        "\"Keys\":{",
        "\"ApproximateCreationDateTime\":",
        "1e999999999",
        "DISPATCH#00000",
        "null"
    })
    void event(byte[] input) {
        Probe.of(input, StreamFuzzTest::read);
    }

    private static List<String> read(byte[] input) {
        return WrittenJson.event(input, StreamEvent.class).stream()
                .flatMap(event -> event.all().stream())
                .map(record ->
                        record.dispatch() + record.pk() + record.sk() + record.created() + record.sequenceNumber())
                .toList();
    }

    @FuzzTest
    void packed(byte[] input) {
        must(
                Arrays.equals(PackedAttribute.inflate(PackedAttribute.deflate(input)), input),
                "it is unpacked to something else");
        try {
            PackedAttribute.inflate(input);
        } catch (UncheckedIOException damaged) {
            return; // a damaged item
        }
    }
}
