package io.socketharness.cli;

import java.util.HashSet;
import java.util.Set;

/**
 * The exit codes with which a command may report a fault.
 *
 * @param any whether all codes except 0 are among them
 */
record ToleratedCodes(boolean any, Set<Integer> codes) {

    /** Reads codes with commas between them, or {@code any}. */
    static ToleratedCodes parse(String text) {
        if (text.equals("any")) {
            return new ToleratedCodes(true, Set.of());
        }
        Set<Integer> codes = new HashSet<>();
        for (String code : text.isEmpty() ? new String[0] : text.split(",")) {
            if (!code.matches("[0-9]{1,3}") || Integer.parseInt(code) < 1 || Integer.parseInt(code) > 255) {
                throw new UsageException("--tolerates is \"" + text
                        + "\"; allowed are exit codes from 1 to 255 with commas between them, or any");
            }
            codes.add(Integer.parseInt(code));
        }
        return new ToleratedCodes(false, Set.copyOf(codes));
    }

    boolean contains(int code) {
        return any || codes.contains(code);
    }
}
