#pragma once

#include "widgets/notifications/notice.h"

#include <QObject>

#include <vector>

namespace holdfast::widgets {

/// What the window itself has to tell, because the desktop has no way to or refused an answer: one notice a subject,
/// the newest last, until a person answers it or it is over. The incident strip shows it. Thread: gui.
class NoticeShelf : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const std::vector<Notice>& notices() const { return m_notices; }
    /// Null where nothing is told of `incident`.
    [[nodiscard]] const Notice* about(std::int64_t incident) const;

    void put(const Notice& notice);
    void take(const QString& subject);
    /// A person answers: "open", "ack", "snooze", or "" to put it away.
    void answer(QString subject, const QString& action);
    /// What a person asked for did not work.
    void complain(const QString& problem) { emit complained(problem); }

signals:
    /// A notice came to the end of notices().
    void added();
    void changed();
    void chosen(const QString& subject, const QString& action);
    void complained(const QString& problem);

private:
    std::vector<Notice> m_notices;
};

}  // namespace holdfast::widgets
