package hoopoe.store;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hoopoe.prove.fuzz.Probe;
import hoopoe.store.table.PackedAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** What the table's stream gives, and what is packed in its items. */
class StreamFuzzTest {

    private static final ObjectReader EVENTS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(StreamEvent.class);

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
        StreamEvent event;
        try {
            event = EVENTS.readValue(input);
        } catch (JsonProcessingException e) {
            return List.of(); // Lambda gives JSON
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return event == null
                ? List.of()
                : event.all().stream()
                        .map(record -> record.dispatch()
                                + record.pk()
                                + record.sk()
                                + record.created()
                                + record.sequenceNumber())
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
