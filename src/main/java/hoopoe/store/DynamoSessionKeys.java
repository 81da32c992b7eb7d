package hoopoe.store;

import hoopoe.provider.Session;
import hoopoe.provider.SessionKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;

/** One item an account. Every write is on condition that nobody wrote since the read. */
@ApplicationScoped
public class DynamoSessionKeys implements SessionKeys {

    private final Table table;

    public DynamoSessionKeys(Table table) {
        this.table = table;
    }

    @Override
    public Session read(String account) {
        return table.get(Keys.session(account)).map(SessionItem::read).orElse(Session.NONE);
    }

    @Override
    public boolean replace(String account, Session seen, Session next) {
        var attempt = UUID.randomUUID().toString();
        var put = Write.put(SessionItem.of(account, next.withRevision(seen.revision() + 1)))
                .attempt(attempt);
        var write = seen.revision() == 0
                ? put.when("attribute_not_exists({pk})")
                : put.when("{" + SessionItem.REVISION + "} = ?", seen.revision());
        try {
            return table.apply(write).done();
        } catch (SdkException e) {
            if (isThere(account, attempt)) {
                return true;
            }
            throw e;
        }
    }

    private boolean isThere(String account, String attempt) {
        return table.get(Keys.session(account))
                .flatMap(item -> item.find(Write.ATTEMPT))
                .filter(attempt::equals)
                .isPresent();
    }
}
