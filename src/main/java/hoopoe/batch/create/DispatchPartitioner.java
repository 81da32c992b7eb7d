package hoopoe.batch.create;

import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.message.PhoneNumber;
import hoopoe.store.batch.RecipientRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Partitions recipients into dispatches. No dispatch has a phone number twice, because a row of a report must find its message;
 * none is larger than the provider or an item of the table takes.
 */
final class DispatchPartitioner {

    /** In bytes; an item of DynamoDB takes 400 KB. */
    static final int PACKED = 200 * 1024;

    private final int size;
    private final List<List<Recipient>> dispatches = new ArrayList<>();
    private final List<Integer> bytes = new ArrayList<>();
    private final Map<PhoneNumber, Integer> lastOfNumber = new HashMap<>();
    private int firstOpen;

    private DispatchPartitioner(int size) {
        this.size = size;
    }

    static List<List<Recipient>> of(List<Recipient> recipients, int size) {
        var dispatchPartitioner = new DispatchPartitioner(size);
        recipients.forEach(dispatchPartitioner::add);
        return dispatchPartitioner.dispatches;
    }

    static List<MessageRange> ranges(List<List<Recipient>> dispatches) {
        return dispatches.stream()
                .map(some -> new MessageRange(
                        some.get(0).n(), some.get(some.size() - 1).n()))
                .toList();
    }

    private void add(Recipient recipient) {
        int packed = RecipientRepository.packedSize(recipient);
        int n = Math.max(firstOpen, lastOfNumber.getOrDefault(recipient.number(), -1) + 1);
        while (n < dispatches.size() && !takes(n, packed)) {
            n++;
        }
        if (n == dispatches.size()) {
            dispatches.add(new ArrayList<>());
            bytes.add(0);
        }
        dispatches.get(n).add(recipient);
        bytes.set(n, bytes.get(n) + packed);
        lastOfNumber.put(recipient.number(), n);
        while (firstOpen < dispatches.size() && isFull(firstOpen)) {
            firstOpen++;
        }
    }

    private boolean takes(int n, int packed) {
        return dispatches.get(n).size() < size && bytes.get(n) + packed <= PACKED;
    }

    /** Also where a small recipient would fit: else each later recipient would look at this dispatch again. */
    private boolean isFull(int n) {
        return dispatches.get(n).size() >= size || bytes.get(n) >= PACKED * 9 / 10;
    }
}
