package hoopoe.local.text421;

import java.time.Instant;

/**
 * An SMS that a person sent to a short number.
 *
 * @param id the service's own
 * @param receivedId {@code rcv_msg_id}, larger than 32 bits; empty where the service charges nothing
 */
public record ReceivedMessage(long id, String receivedId, String msisdn, String text, String source, Instant at) {}
