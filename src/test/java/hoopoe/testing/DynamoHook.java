package hoopoe.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Lets a test do something between two calls of DynamoDB: so a worker freezes there, and others go on. */
public final class DynamoHook {

    private DynamoHook() {}

    /** @param before gets the request of each call before it is made */
    public static DynamoDbClient client(Consumer<Object> before) {
        var healthy = FixtureTables.client();
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, args) -> {
                    if (args != null) {
                        before.accept(args[0]);
                    }
                    try {
                        return method.invoke(healthy, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
