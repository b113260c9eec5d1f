#pragma once

#include "widgets/client/engine_link.h"

#include <QString>

#include <vector>

namespace holdfast::widgets {

/// An engine or Prometheus that was looked at before.
struct Environment {
    QString name;  ///< "PROD"; for a Prometheus its host
    EngineSource source;

    [[nodiscard]] bool sameSource(const EngineSource& other) const
    {
        return source.engineFile == other.engineFile && source.attach == other.attach;
    }
    /// What `holdfast-window` takes to show it.
    [[nodiscard]] QStringList arguments() const;
};

/// The last eight, newest first, kept in the settings. Thread: gui.
[[nodiscard]] std::vector<Environment> knownEnvironments();
void rememberEnvironment(const Environment& environment);

}  // namespace holdfast::widgets
