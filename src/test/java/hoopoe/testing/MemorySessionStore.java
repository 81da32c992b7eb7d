package hoopoe.testing;

import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import java.util.HashMap;
import java.util.Map;

/** Sessions in memory. It can crash its user before or after a write, let another worker act before one, and break down. */
public final class MemorySessionStore implements SessionStore {

    private final Map<String, Session> sessions = new HashMap<>();
    private int writes;
    private int crashAt;
    private boolean crashIsAfter;
    private int interruptAt;
    private Runnable interruption = () -> {};
    private boolean isBroken;

    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** At the {@code n}th write from now, counted from 1. */
    public void crashAt(int n, boolean after) {
        crashAt = writes + n;
        crashIsAfter = after;
    }

    /** Another worker acts just before the {@code n}th write from now. */
    public void before(int n, Runnable somebodyElse) {
        interruptAt = writes + n;
        interruption = somebodyElse;
    }

    public int writes() {
        return writes;
    }

    /** Nothing can be read any more. */
    public synchronized void breakDown() {
        isBroken = true;
    }

    @Override
    public synchronized Session read(String account) {
        if (isBroken) {
            throw new IllegalStateException("no table");
        }
        return sessions.getOrDefault(account, Session.NONE);
    }

    @Override
    public synchronized boolean replace(String account, Session seen, Session next) {
        writes++;
        if (writes == interruptAt) {
            interruption.run();
        }
        if (writes == crashAt && !crashIsAfter) {
            throw new Crash();
        }
        if (read(account).revision() != seen.revision()) {
            return false;
        }
        sessions.put(account, next.withRevision(seen.revision() + 1));
        if (writes == crashAt) {
            throw new Crash();
        }
        return true;
    }
}
