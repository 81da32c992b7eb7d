package hoopoe.store.account;

import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.store.Keys;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps one item for each account. A write succeeds only where the item has not changed since the read. */
@ApplicationScoped
public class DynamoSessionStore implements SessionStore {

    private final Table table;

    public DynamoSessionStore(Table table) {
        this.table = table;
    }

    @Override
    public Session read(String account) {
        return table.get(Keys.session(account)).map(SessionItem::read).orElse(Session.NONE);
    }

    @Override
    public boolean replace(String account, Session seen, Session next) {
        var put = Write.put(SessionItem.of(account, next.withRevision(seen.revision() + 1)))
                .attempt();
        var write = seen.revision() == 0
                ? put.when("attribute_not_exists({pk})")
                : put.when("{" + SessionItem.REVISION + "} = ?", seen.revision());
        return table.apply(write).done();
    }
}
