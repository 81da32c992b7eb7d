package hoopoe.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The API's JSON: writes snake_case, times in RFC 3339, decimals as text and no nulls; reads without guessing. */
final class ApiJson {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_NAME = 256;

    private static final ObjectMapper MAPPER = mapper();

    private ApiJson() {}

    private static ObjectMapper mapper() {
        var factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_NAME)
                        .maxStringLength(ApiRequest.BODY_LIMIT)
                        .build())
                .build();
        var mapper = JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addSerializer(BigDecimal.class, new DecimalAsText()))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
        var noNullInside = JsonSetter.Value.forContentNulls(Nulls.FAIL);
        mapper.configOverride(List.class).setSetterInfo(noNullInside);
        mapper.configOverride(Map.class).setSetterInfo(noNullInside);
        return mapper;
    }

    /** @throws ProblemException {@code invalid_json}, {@code payload_too_large} */
    static JsonNode read(String text) {
        try {
            var tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw ProblemCatalogue.INVALID_JSON.because("The body is empty.");
            } else if (isDamaged(tree)) {
                throw ProblemCatalogue.INVALID_JSON.because(
                        "It contains U+FFFD, the sign for lost bytes: probably not UTF-8.");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw ProblemCatalogue.PAYLOAD_TOO_LARGE.because(
                    "The body is nested too deeply, or a value in it is too long.");
        } catch (JsonParseException e) {
            throw ProblemCatalogue.INVALID_JSON.because(place(e));
        } catch (JsonProcessingException e) {
            throw ProblemCatalogue.INVALID_JSON.because("There is more text after the end of the JSON.");
        }
    }

    /** This sign stands where bytes of another charset were turned into UTF-8 on the way. */
    private static boolean isDamaged(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\uFFFD') >= 0;
        }
        return node.properties().stream().anyMatch(member -> member.getKey().indexOf('\uFFFD') >= 0)
                || node.valueStream().anyMatch(ApiJson::isDamaged);
    }

    /** The place, but never the content, which may be a phone number or a text. */
    private static String place(JsonParseException e) {
        var what = e.getOriginalMessage().startsWith("Duplicate ") ? "A member is named twice" : "Not JSON";
        var at = e.getLocation();
        return at == null ? what + '.' : what + " at line " + at.getLineNr() + ", column " + at.getColumnNr() + '.';
    }

    /** @throws ProblemException {@code unknown_field}, {@code invalid_request}, each with its places in the body */
    static <T> T as(Class<T> type, JsonNode tree) {
        var unknown = new JsonErrors.UnknownMembers();
        try {
            T value = MAPPER.readerFor(type).withHandler(unknown).readValue(tree);
            if (value == null) {
                throw new ProblemException(
                        Problem.at("", ProblemCatalogue.INVALID_REQUEST, "The body must be an object."));
            }
            unknown.refuse();
            return value;
        } catch (JsonProcessingException e) {
            throw JsonErrors.of(e, type);
        } catch (IOException e) {
            throw new IllegalStateException("a tree is read from memory", e);
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    /** What {@link #write} writes, as a tree. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Keeps the scale, because it is the provider's. */
    private static final class DecimalAsText extends JsonSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toPlainString());
        }
    }
}
