#include "app/control/adapters/hystrix.h"

#include "app/control/adapters/adapter_settings.h"
#include "app/control/adapters/hystrix_stream.h"

namespace holdfast::control {

namespace {

Reading readingFrom(const HystrixCommand& command)
{
    Reading reading;
    reading.key = {Kind::Breaker, command.name};
    reading.callee = command.group;
    // forceOpen wins over forceClosed: HystrixCircuitBreaker.allowRequest() asks for it first.
    if (command.forceOpen)
        reading.mode = "forced_open";
    else if (command.forceClosed)
        reading.mode = "forced_closed";
    else
        reading.mode = command.enabled ? "auto" : "disabled";
    reading.state = reading.mode == "auto" ? (command.open ? "open" : "closed") : reading.mode;
    if (command.requests > 0)
        reading.failureRatio = static_cast<double>(command.errors) / static_cast<double>(command.requests);
    return reading;
}

class HystrixAdapter final : public Adapter {
public:
    explicit HystrixAdapter(std::string service) : m_service(std::move(service))
    {
        ControlShape shape;
        shape.states = protocolShape(Kind::Breaker)->states;
        shape.resting = "auto";
        shape.readOnly = "Hystrix has no request that forces a breaker. Set the property "
                         "hystrix.command.NAME.circuitBreaker.forceOpen where the service takes its properties from.";
        m_shape = std::make_shared<const ControlShape>(std::move(shape));
    }

    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override
    {
        HF_TRY(const auto commands, readHystrix(endpoint.url, endpoint.readToken, endpoint.timeoutMs));
        Listing listing;
        listing.service = m_service;
        for (const auto& [name, command] : commands)
            listing.readings.push_back(readingFrom(command));
        return listing;
    }

    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override
    {
        HF_TRY(const Listing listing, list(endpoint));
        for (const Reading& reading : listing.readings)
            if (reading.key == key)
                return reading;
        return Error{"the stream tells of no breaker \"" + key.name + "\"", ErrorKind::NotFound};
    }

    [[nodiscard]] std::string describe(const Endpoint& /*endpoint*/, const Change& /*change*/) const override
    {
        return "nothing: " + m_shape->readOnly;
    }

    [[nodiscard]] Receipt apply(const Endpoint& /*endpoint*/, const Change& /*change*/) const override
    {
        return {.kind = Receipt::Kind::Rejected, .status = 0, .message = m_shape->readOnly, .latencyMs = 0};
    }

    [[nodiscard]] ControlShapePtr shape(const Reading& /*reading*/) const override { return m_shape; }
    [[nodiscard]] std::vector<Reading> examples() const override { return {}; }

    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& path) const override
    {
        return Adapter::urlFor(address, path.empty() || path == "/resilience/v1" ? "/hystrix.stream" : path);
    }

private:
    std::string m_service;
    ControlShapePtr m_shape;
};

}  // namespace

Result<AdapterPtr> makeHystrixAdapter(const config::ControlGroupConfig& group)
{
    AdapterSettings settings(group);
    std::string service = settings.text("service");
    HF_CHECK(settings.finish());
    return AdapterPtr(std::make_shared<HystrixAdapter>(std::move(service)));
}

}  // namespace holdfast::control
