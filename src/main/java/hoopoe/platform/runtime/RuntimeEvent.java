package hoopoe.platform.runtime;

/**
 * One event.
 *
 * @param id the request's, which its answer names
 * @param trace X-Ray's header, empty where there is none
 * @param body JSON
 */
record RuntimeEvent(String id, String trace, byte[] body) {}
