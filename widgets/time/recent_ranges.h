#pragma once

#include <QStringList>

namespace holdfast::widgets {

/// The last five ranges somebody typed or chose by calendar, newest first, as they would be typed again. Kept in the
/// settings. Thread: gui.
class RecentRanges {
public:
    static constexpr qsizetype most = 5;

    [[nodiscard]] static QStringList all();
    /// To the top; an older one of the same words goes.
    static void add(const QString& text);
};

}  // namespace holdfast::widgets
