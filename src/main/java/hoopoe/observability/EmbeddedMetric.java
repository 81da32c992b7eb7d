package hoopoe.observability;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The metrics of one set of dimensions, in the form that CloudWatch extracts from a log ("Specification: Embedded metric
 * format", Amazon CloudWatch User Guide):
 * {@code {"_aws":{"Timestamp":…,"CloudWatchMetrics":[{"Namespace":"Hoopoe","Dimensions":[[],["Account"]],"Metrics":[{"Name":
 * "MessagesAccepted","Unit":"Count"}]}]},"Account":"every8d","MessagesAccepted":2,"function":"send","correlation_id":"…"}}.
 *
 * @param namespace of the metrics in CloudWatch
 * @param values of each metric: one number, or up to {@value #MOST} of them
 * @param marks further fields to search the log for; not dimensions
 */
record EmbeddedMetric(
        String namespace,
        MetricDimensions subject,
        Map<Metric, List<BigDecimal>> values,
        Instant at,
        Map<String, String> marks) {

    /** The most values of one metric on one line. */
    static final int MOST = 100;

    private static final JsonFactory JSON = new JsonFactory();

    String text() {
        var text = new StringWriter(384);
        try (var json = JSON.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("text takes everything", e);
        }
        return text.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", at.toEpochMilli());
        json.writeArrayFieldStart("CloudWatchMetrics");
        directive(json);
        json.writeEndArray();
        json.writeEndObject();
        if (!subject.account().isEmpty()) {
            json.writeStringField(Metric.ACCOUNT, subject.account());
        }
        if (!subject.code().isEmpty()) {
            json.writeStringField(Metric.CODE, subject.code());
        }
        if (!subject.endpoint().isEmpty()) {
            json.writeStringField(Metric.ENDPOINT, subject.endpoint());
        }
        for (var entry : values.entrySet()) {
            json.writeFieldName(entry.getKey().label());
            numbers(json, entry.getValue());
        }
        for (var mark : marks.entrySet()) {
            json.writeStringField(mark.getKey(), mark.getValue());
        }
        json.writeEndObject();
    }

    /** All metrics of one line have the same dimensions. */
    private void directive(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("Namespace", namespace);
        json.writeArrayFieldStart("Dimensions");
        for (var set : values.keySet().iterator().next().dimensions()) {
            json.writeStartArray();
            for (var dimension : set) {
                json.writeString(dimension);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (var metric : values.keySet()) {
            json.writeStartObject();
            json.writeStringField("Name", metric.label());
            json.writeStringField("Unit", metric.unit());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, List<BigDecimal> numbers) throws IOException {
        if (numbers.size() == 1) {
            json.writeNumber(numbers.get(0).toPlainString());
            return;
        }
        json.writeStartArray();
        for (var number : numbers) {
            json.writeNumber(number.toPlainString());
        }
        json.writeEndArray();
    }
}
