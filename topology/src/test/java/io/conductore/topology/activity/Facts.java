package io.conductore.topology.activity;

import java.util.Map;

/**
 * State as plain maps, so that the model and the product can be compared though they share no code.
 */
record Facts(
    Map<String, Map<String, Object>> agents,
    Map<String, Map<String, Object>> sessions,
    Map<String, Map<String, Object>> costs) {}
