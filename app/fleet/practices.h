#pragma once

namespace holdfast::fleet {

/// Which practices the shop is built with. All on is how one would build it; an experiment takes one away and looks.
/// Value type.
struct Practices {
    /// Off: an attempt waits 30 s; deadlines are neither sent nor honoured, so that work goes on for those who left.
    bool timeouts = true;
    /// Off: four attempts each, at once, without a budget, "do not retry" unheard, whatever failed.
    bool retryBudget = true;
    /// Off: every breaker is disabled (it counts, and lets everything pass).
    bool breakers = true;
    /// Off: 100 000 requests may wait, for ever; none is shed.
    bool boundedQueues = true;
    /// Off: payments takes as many database connections at once as it has requests.
    bool bulkheads = true;
    /// Off: no flag goes on by itself, no cached answer is served, a page without recommendations and an order without
    /// its mail fail.
    bool degradation = true;
    /// Off: mail answers when the letter is sent, and the order waits for it.
    bool handOver = true;
    /// Factor on all workers and connections: the buffer. 1 is about a fifth used at 50 requests a second; at least one
    /// of each remains.
    double capacity = 1;
};

}  // namespace holdfast::fleet
