#pragma once

#include "app/base/result.h"

#include <QString>

#include <cstdint>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// One thing the person is told, as the engine's journal of notifications keeps it, or the window by itself (id 0).
struct Notice {
    std::int64_t id = 0;
    QString receiver;
    QString state;
    QString change;   ///< opened worse reopened resolved reminder test
    QString kind;     ///< incident override_ending revert_failed engine_blind test
    QString subject;  ///< "incident/142": one notification on the screen for each
    std::int64_t incident = 0;
    QString severity;
    QString title;
    QString text;
    QString service;
    std::int64_t atMs = 0;

    /// For the person at the screen, and still true: not those sent elsewhere, replaced or dropped.
    [[nodiscard]] bool forDesktop() const;
    [[nodiscard]] bool resolved() const { return change == QLatin1String("resolved"); }
};

struct NoticeList {
    std::vector<Notice> notices;
};

/// `GET /holdfast/v1/notifications`.
[[nodiscard]] Result<NoticeList> decodeNotices(const QByteArray& body);

}  // namespace holdfast::widgets
