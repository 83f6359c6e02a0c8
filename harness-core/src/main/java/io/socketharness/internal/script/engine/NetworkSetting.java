package io.socketharness.internal.script.engine;

import io.socketharness.network.NetworkCondition;
import java.util.List;

/**
 * Adds network conditions for the steps after it, until the end of the block.
 *
 * @param conditions none to remove those of the script
 */
public record NetworkSetting(List<NetworkCondition> conditions) implements SettingStep {

    public static final String PERFECT = "perfect";

    @Override
    public Settings after(Settings before) {
        return before.withNetwork(conditions);
    }

    @Override
    public List<String> lines() {
        return conditions.isEmpty()
                ? List.of("@network " + PERFECT)
                : conditions.stream().map(condition -> "@network " + condition).toList();
    }
}
