#include "app/control/adapter.h"

#include "app/control/control_words.h"

namespace holdfast::control {

const char* word(Scope scope)
{
    return scope == Scope::Cluster ? "cluster" : "instance";
}

bool Adapter::fulfils(const Change& change, const Reading& after) const
{
    if (after.mode != change.mode)
        return false;
    const bool hasStates = change.key.kind == Kind::Breaker || change.key.kind == Kind::Flag;
    return !hasStates || stateFulfils(change.mode, after.state);
}

Proof Adapter::prove(const Endpoint& /*endpoint*/, const Change& /*change*/) const
{
    return {};
}

std::string Adapter::urlFor(const std::string& address, const std::string& path) const
{
    const auto scheme = address.find("://");
    const std::string base = scheme == std::string::npos ? "http://" + address.substr(0, address.find('/'))
                                                         : address.substr(0, address.find('/', scheme + 3));
    return base + path;
}

}  // namespace holdfast::control
