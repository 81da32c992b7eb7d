package hoopoe.message;

import java.util.List;

/** Tags by which items of a phone number are found, and which do not tell the number. */
@FunctionalInterface
public interface NumberTags {

    /**
     * The tags of a number: under the current key, then under the earlier ones, by which older items are found. Empty where there
     * is no key, or none can be read at this moment.
     */
    List<String> of(PhoneNumber number);
}
