package hoopoe.platform.runtime;

/**
 * One Lambda event.
 *
 * @param id the request's id, which the answer must name
 * @param trace X-Ray's header; empty where there is none
 * @param body JSON
 */
record RuntimeEvent(String id, String trace, byte[] body) {}
