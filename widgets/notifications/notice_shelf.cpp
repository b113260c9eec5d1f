#include "widgets/notifications/notice_shelf.h"

#include <algorithm>

namespace holdfast::widgets {

const Notice* NoticeShelf::about(std::int64_t incident) const
{
    const auto notice = std::ranges::find(m_notices, incident, &Notice::incident);
    return incident == 0 || notice == m_notices.end() ? nullptr : &*notice;
}

void NoticeShelf::put(const Notice& notice)
{
    std::erase_if(m_notices, [&](const Notice& old) { return old.subject == notice.subject; });
    m_notices.push_back(notice);
    emit added();
    emit changed();
}

void NoticeShelf::take(const QString& subject)
{
    if (std::erase_if(m_notices, [&](const Notice& old) { return old.subject == subject; }) > 0)
        emit changed();
}

void NoticeShelf::answer(QString subject, const QString& action)
{
    if (action != QLatin1String("ack"))
        take(subject);  // an acknowledgement may be refused, which is to be read
    if (!action.isEmpty())
        emit chosen(subject, action);
}

}  // namespace holdfast::widgets
