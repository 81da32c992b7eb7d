package hoopoe.bench;

import hoopoe.local.gateway.Events;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The events that are measured. */
final class Scenarios {

    /** A twentieth: each is as much work for all others on the machine as five hundred sends of 1. */
    static final int SHARE_OF_500 = 20;

    private static final String BATCHES = "/v1/batches";
    private static final String OK = "\"statusCode\":200";
    private static final String TAKEN = "\"statusCode\":202";

    private final Events events;
    private final Clock clock;

    Scenarios(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    Scenario credit() {
        var path = "/v1/accounts/" + Backend.ACCOUNT + "/credit";
        return new Scenario("credit", "credit from cache", "credit", get(path), OK, 1);
    }

    /** @param id of a batch that is there */
    Scenario status(String id) {
        return new Scenario("status", "status of a stored batch", "status", get(BATCHES + "/" + id), OK, 1);
    }

    /** Each is another one. @param reference of a dispatch that is there */
    Scenario callback(String reference) {
        var query = "?BatchID=" + reference + "&RM=%2b886900100001&RT=20261122120000&STATUS=100&SM=Your+parcel+is+here."
                + "&CustID=CUSTID&UserNo=000000&ST=20261122115959&MR=" + Scenario.NUMBER
                + "&SUBJECT=&NAME=&USERID=bench&SOURCE=&CHARGE=0";
        var path = "/callbacks/" + Backend.ACCOUNT + "/" + Backend.TOKEN;
        return new Scenario("callback", "callback", "callback", get(path + query), OK, 1);
    }

    /** @param share its invocations are this part of all */
    Scenario send(int recipients, int share) {
        return sent(BATCHES, recipients, share);
    }

    /** As {@link #send}, answered with the reference of its dispatch. */
    Scenario sendShown(int recipients) {
        return sent(BATCHES + "?include=dispatches", recipients, 1);
    }

    private Scenario sent(String target, int recipients, int share) {
        var event = events.of("POST", target, batch(recipients), clock.instant());
        return new Scenario("send" + recipients, "send of " + recipients, "send", event, TAKEN, share);
    }

    private byte[] get(String target) {
        return events.of("GET", target, clock.instant());
    }

    private static String batch(int recipients) {
        var list = IntStream.rangeClosed(1, recipients)
                .mapToObj(i -> "{\"to\":\"+886900%06d\"}".formatted(100_000 + i))
                .toList();
        return "{\"text\":\"Your parcel is here.\",\"recipients\":["
                + list.stream().collect(Collectors.joining(",")) + "]}";
    }

    /** What is measured warm, in this order. */
    static List<String> names() {
        return List.of("credit", "status", "callback", "send1", "send500");
    }
}
