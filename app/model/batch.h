#pragma once

#include "app/model/exemplar.h"
#include "app/model/metric_metadata.h"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast {

/// Handle of a series in one running store; never reused while the process lives, not stored anywhere.
using SeriesId = std::uint64_t;

struct BatchSample {
    SeriesId series = 0;
    std::int64_t t = 0;
    double v = 0;  ///< bits are kept, staleness markers and NaN payloads included
};

struct BatchExemplar {
    SeriesId series = 0;
    Exemplar exemplar;
};

/// What enters the store through its one write door: a scrape, a rule evaluation, an import, a remote write.
/// All of a batch is committed in one transaction. Immutable once handed over.
struct Batch {
    std::string origin;  ///< "job/instance" of a target, "rules", "import", "remote_write", "self"
    std::vector<BatchSample> samples;
    std::vector<MetricMetadata> metadata;
    std::vector<BatchExemplar> exemplars;
};

}  // namespace holdfast
