package hoopoe.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.Template;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT | {\"kind\":{\"S\":\"DISPATCH\"},\"state\":{\"S\":\"accepted\"}} | true",
                "INSERT | {\"kind\":{\"S\":\"DISPATCH\"},\"state\":{\"S\":\"dispatching\"}} | false",
                "MODIFY | {\"kind\":{\"S\":\"DISPATCH\"},\"state\":{\"S\":\"accepted\"}} | false",
                "INSERT | {\"kind\":{\"S\":\"BATCH\"},\"state\":{\"S\":\"accepted\"}} | false",
                "INSERT | {\"state\":{\"S\":\"accepted\"}} | false"
            })
    void oursLetsThroughUnclaimedDispatchesThatAreNew(String name, String image, boolean through) throws Exception {
        var mapping = Template.read(Path.of("template.yaml"))
                .function("dispatch")
                .streams()
                .get(0);
        var record = "{\"eventName\":\"%s\",\"dynamodb\":{\"NewImage\":%s}}".formatted(name, image);

        assertThat(new StreamFilter(mapping.filters()).matches(json(record))).isEqualTo(through);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":[1]}                        | {\"a\":1}       | true",
                "{\"a\":[\"1\"]}                    | {\"a\":1}       | false",
                "{\"a\":[null]}                     | {\"a\":null}    | true",
                "{\"a\":[null]}                     | {}              | false",
                "{\"a\":[\"x\",\"y\"]}              | {\"a\":\"y\"}   | true",
                "{\"a\":[\"x\"]}                    | {\"a\":[\"w\",\"x\"]} | true",
                "{\"a\":[{\"exists\":false}]}       | {}              | true",
                "{\"a\":[{\"exists\":true}]}        | {}              | false",
                "{\"a\":[{\"prefix\":\"ab\"}]}      | {\"a\":\"abc\"} | true",
                "{\"a\":[{\"suffix\":\"ab\"}]}      | {\"a\":\"abc\"} | false",
                "{\"a\":[{\"anything-but\":[\"x\"]}]} | {\"a\":\"x\"} | false",
                "{\"a\":[{\"anything-but\":[\"x\"]}]} | {\"a\":\"y\"} | true",
                "{\"a\":[1],\"b\":[2]}              | {\"a\":1}       | false"
            })
    void rulesAreLambdas(String pattern, String record, boolean through) throws Exception {
        assertThat(new StreamFilter(List.of(json(pattern))).matches(json(record)))
                .isEqualTo(through);
    }

    @Test
    void anyPatternIsEnoughAndNoneLetsAllThrough() throws Exception {
        assertThat(new StreamFilter(List.of(json("{\"a\":[1]}"), json("{\"a\":[2]}"))).matches(json("{\"a\":2}")))
                .isTrue();
        assertThat(new StreamFilter(List.of()).matches(json("{}"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[{\"numeric\":[\">\",1]}]}", "{\"a\":1}", "[]"})
    void whatTheLocalStackCannotJudgeIsRefused(String pattern) throws Exception {
        var patterns = List.of(json(pattern));

        assertThatThrownBy(() -> new StreamFilter(patterns)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
