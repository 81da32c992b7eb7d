package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a CloudFormation document; the short forms {@code !Ref}, {@code !GetAtt}, … become their long forms. */
final class CloudFormation extends SafeConstructor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudFormation() {
        super(new LoaderOptions());
        yamlMultiConstructors.put("!", new ShortForm());
    }

    static JsonNode read(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            return JSON.valueToTree(new Yaml(new CloudFormation()).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class ShortForm extends AbstractConstruct {

        @Override
        public Object construct(Node node) {
            var name = node.getTag().getValue().substring(1);
            return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, value(node));
        }

        private Object value(Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            return node instanceof SequenceNode sequence
                    ? constructSequence(sequence)
                    : constructMapping((MappingNode) node);
        }
    }
}
