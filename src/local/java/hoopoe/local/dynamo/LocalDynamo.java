package hoopoe.local.dynamo;

import hoopoe.local.iam.Guard;
import hoopoe.local.template.TableDefinition;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local, in memory, on a free port of the loopback address. A JVM has one, started when it is first used and
 * ended with the JVM. Tests that must not share data use a table of their own.
 *
 * <p>Its own {@code ServerRunner} listens on every interface, so its handler is put on a server of ours: these are
 * undocumented classes, and the version is pinned for them.
 */
public final class LocalDynamo {

    /** Of every client here; DynamoDB Local neither checks nor keeps apart. */
    public static final String REGION = "ap-east-1";

    /** Access key and secret of every client here. */
    public static final String CREDENTIAL = "local";

    private static final Path TABLE = Path.of("infra", "data.yaml");

    private final IamProxy door = new IamProxy();
    private final URI endpoint;
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    private LocalDynamo() {
        endpoint = serve();
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL));
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** The one of this JVM. The first call takes some seconds. */
    public static LocalDynamo shared() {
        return Shared.INSTANCE;
    }

    public URI endpoint() {
        return endpoint;
    }

    /** From now on, and until it is deleted, a table is open to those only whom its guard lets through. */
    public void guard(String table, Guard guard) {
        door.guard(table, guard);
    }

    /** With all that is in it. */
    public void deleteTable(String table) {
        client.deleteTable(delete -> delete.tableName(table));
        door.unguard(table);
    }

    /** A client for this server; callers do not close it. */
    public DynamoDbClient client() {
        return client;
    }

    /** A client for the streams of this server's tables; callers do not close it. */
    public DynamoDbStreamsClient streams() {
        return streams;
    }

    /** Makes a table as {@code infra/data.yaml} says, under an unused name. */
    public String createTable() {
        return createTable("hoopoe-" + UUID.randomUUID());
    }

    /**
     * As {@link #createTable()}, but items do not expire, and the table has no stream. For tests with a clock of their own: their
     * items could expire by the machine's clock. Records in a stream make every write of later tables slower, so thousands of
     * tests would wait for records that none of them reads.
     */
    public String createLastingTable() {
        var name = "hoopoe-" + UUID.randomUUID();
        createTable(name, TableDefinition.read(TABLE), null);
        return name;
    }

    /**
     * Makes a table as {@code infra/data.yaml} says.
     *
     * @param name 3 to 255 characters
     * @return the name
     */
    public String createTable(String name) {
        var table = TableDefinition.read(TABLE);
        createTable(
                name,
                table,
                StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(table.streamView())
                        .build());
        client.updateTimeToLive(
                update -> update.tableName(name).timeToLiveSpecification(ttl -> ttl.attributeName(table.expiry())
                        .enabled(true)));
        return name;
    }

    private void createTable(String name, TableDefinition table, @Nullable StreamSpecification stream) {
        client.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(table.keys()))
                .attributeDefinitions(table.attributes().entrySet().stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.getKey())
                                .attributeType(attribute.getValue())
                                .build())
                        .toList())
                .globalSecondaryIndexes(
                        table.indexes().stream().map(LocalDynamo::index).toList())
                .streamSpecification(stream));
    }

    private static GlobalSecondaryIndex index(TableDefinition.Index index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(keys(index.keys()))
                .projection(projection -> projection.projectionType(index.projection()))
                .build();
    }

    private static Collection<KeySchemaElement> keys(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> KeySchemaElement.builder()
                        .attributeName(names.get(i))
                        .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
                        .build())
                .toList();
    }

    private URI serve() {
        try {
            var handler =
                    new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), "*");
            var threads = new QueuedThreadPool();
            threads.setDaemon(true);
            var server = new Server(threads);
            var connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            door.setHandler(new DynamoDBProxyServer(0, handler).setUpHandler(handler));
            server.setHandler(door);
            server.start();
            return URI.create("http://127.0.0.1:" + connector.getLocalPort());
        } catch (Exception e) { // as Jetty declares it
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }

    private static final class Shared {
        private static final LocalDynamo INSTANCE = new LocalDynamo();
    }
}
