package hoopoe.local.every8d;

/** One receiver as the caller wrote it. */
record Receiver(String name, String mobile, String email, String text, String sendTime, boolean fromXml) {}
