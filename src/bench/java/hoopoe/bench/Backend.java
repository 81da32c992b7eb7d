package hoopoe.bench;

import hoopoe.local.Settings;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.every8d.Every8dSimulator;
import hoopoe.local.stage.Timings;
import java.time.Duration;
import java.util.Map;

/** What our functions talk to: a table of their own and an EVERY8D that takes everything and never calls back. */
final class Backend implements AutoCloseable {

    static final String ACCOUNT = "every8d";
    static final String TOKEN = "00112233445566778899aabbccddeeff";

    private static final String USER = "bench";
    private static final Duration NEVER = Duration.ofDays(1);

    private final LocalDynamo dynamo = LocalDynamo.shared();
    private final String table = dynamo.createLastingTable();
    private final Every8dSimulator simulator =
            Every8dSimulator.start().timings(new Timings(NEVER, NEVER, NEVER, NEVER));

    Backend() {
        simulator.account(USER, USER).credit("1000000000");
    }

    /** As environment variables. */
    Map<String, String> settings() {
        var account = "hoopoe.accounts." + ACCOUNT + ".";
        return Settings.variables(Map.of(
                "hoopoe.store.table",
                table,
                "quarkus.dynamodb.endpoint-override",
                dynamo.endpoint().toString(),
                "hoopoe.secrets.prefix", // none: the credentials are below
                "",
                "hoopoe.default-account",
                ACCOUNT,
                account + "provider",
                "every8d",
                account + "url",
                simulator.url(),
                account + "user",
                USER,
                account + "password",
                USER,
                account + "callback-tokens",
                TOKEN));
    }

    @Override
    public void close() {
        simulator.close();
        dynamo.client().deleteTable(delete -> delete.tableName(table));
    }
}
