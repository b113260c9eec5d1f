#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::fleet {

/// How the metrics of an instance are named and shaped.
enum class Convention {
    Prometheus,     ///< plain client library, and resilience_* (app/resilience)
    Micrometer,     ///< Spring Boot, Tomcat, HikariCP, JVM and Resilience4j
    OpenTelemetry,  ///< HTTP and database semantic conventions as they arrive in Prometheus
    Envoy,          ///< a sidecar's statistics of its upstream clusters, in milliseconds
    Opossum,        ///< prom-client and opossum (Node)
    HAProxy,        ///< the built-in exporter of a proxy beside each instance
    Mixed,          ///< as a shop grows: another one for every service
};

[[nodiscard]] std::string_view word(Convention convention);
[[nodiscard]] std::optional<Convention> convention(std::string_view word);
/// All but Mixed.
[[nodiscard]] const std::vector<Convention>& conventions();
/// What a service uses in a mixed shop.
[[nodiscard]] Convention mixedConvention(const std::string& service);

}  // namespace holdfast::fleet
