#pragma once

#include "app/control/adapter.h"
#include "app/control/adapters/preset.h"
#include "app/control/adapters/preset_context.h"
#include "app/control/preset_facts.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

/// The adapter to a system over HTTP that a preset tells all of. Immutable: any thread.
class HttpPresetAdapter final : public Adapter {
public:
    /// settings  of the group, all that the preset names
    /// secrets   texts among them that are never shown
    HttpPresetAdapter(PresetPtr preset, PresetValues settings, std::vector<std::string> secrets);

    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override;
    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override;
    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] ControlShapePtr shape(const Reading& /*reading*/) const override { return m_shape; }
    [[nodiscard]] std::vector<Reading> examples() const override;
    [[nodiscard]] bool fulfils(const Change& change, const Reading& after) const override;
    [[nodiscard]] Proof prove(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] Scope scope() const override
    {
        return m_preset->scope == "cluster" ? Scope::Cluster : Scope::Instance;
    }
    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& path) const override;

    [[nodiscard]] const Preset& preset() const { return *m_preset; }
    /// What would be asked to list, read and verify a control called NAME. Sends nothing.
    [[nodiscard]] std::vector<PresetSketch> readingRequests(const Endpoint& endpoint) const;

private:
    [[nodiscard]] std::vector<std::string> secretsOf(const Endpoint& endpoint) const;
    [[nodiscard]] PresetContext contextOf(const Endpoint& endpoint) const;
    [[nodiscard]] PresetValues valuesFor(const Endpoint& endpoint, const Change& change,
                                         const std::optional<Reading>& now) const;
    [[nodiscard]] std::string proofToken() const;

    const PresetPtr m_preset;
    const PresetValues m_settings;
    const std::vector<std::string> m_secrets;
    const ControlShapePtr m_shape;
};

}  // namespace holdfast::control
