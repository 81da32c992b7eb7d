package hoopoe.local.template;

/**
 * How many calls an API lets through ("Throttle requests to your HTTP APIs", API Gateway Developer Guide).
 *
 * @param rate calls a second, for long
 * @param burst calls at once, after a pause; with none nothing gets through
 */
public record ThrottleDefinition(int rate, int burst) {}
