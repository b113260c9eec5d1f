#pragma once

#include "app/base/result.h"
#include "widgets/client/engine_link.h"
#include "widgets/theme/tokens.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace holdfast::widgets {

/// What `holdfast-window` was asked for on its command line.
struct WindowOptions {
    EngineSource source;
    QString view;
    QString service;
    std::optional<ThemeKind> theme;
    std::optional<QSize> size;
    QString language;                     ///< "de"; empty: the chosen one, else the system's
    QString at;                           ///< show this moment: what parseRange() reads
    QString screenshot;                   ///< file to write
    std::optional<int> screenshotAfterS;  ///< nothing: as soon as the picture stands still
    bool stay = false;                    ///< go on after the screenshot
    bool help = false;
};

/// arguments  without the program's name. The error says what was expected.
[[nodiscard]] Result<WindowOptions> parseWindowOptions(const QStringList& arguments);
[[nodiscard]] QString windowUsage();

}  // namespace holdfast::widgets
