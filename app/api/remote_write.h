#pragma once

#include "app/base/result.h"
#include "app/model/exemplar.h"
#include "app/model/label_set.h"
#include "app/model/metric_metadata.h"
#include "app/model/sample.h"

#include <string_view>
#include <vector>

namespace holdfast::api {

/// One series of a remote-write request.
struct WriteSeries {
    LabelSet labels;
    std::vector<Sample> samples;
    std::vector<Exemplar> exemplars;
};

struct WriteRequest {
    std::vector<WriteSeries> series;
    std::vector<MetricMetadata> metadata;
    std::size_t skippedHistograms = 0;  ///< native histograms, which the store does not hold
};

/// Reads the protobuf message prometheus.WriteRequest, unknown fields skipped. BadInput for bytes that are none.
/// Source: Prometheus prompb/remote.proto and types.proto; remote-write 1.0 specification.
[[nodiscard]] Result<WriteRequest> readWriteRequest(std::string_view bytes);

}  // namespace holdfast::api
