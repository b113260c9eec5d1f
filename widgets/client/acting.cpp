#include "widgets/client/acting.h"

#include "widgets/client/api_client.h"
#include "widgets/client/engine_link.h"

#include <QWidget>

#include <utility>

namespace holdfast::widgets {

Acting::Acting(const ApiClient& api, const EngineLink& link, QObject* parent)
    : QObject(parent), m_api(api), m_link(link)
{
    connect(&api, &ApiClient::lockChanged, this, &Acting::judge);
    connect(&link, &EngineLink::stateChanged, this, &Acting::judge);
    connect(&link, &EngineLink::statusChanged, this, &Acting::judge);
    judge();
}

void Acting::apply(QWidget& widget, bool otherwise, const QString& tip) const
{
    widget.setEnabled(otherwise && allowed());
    widget.setToolTip(allowed() ? tip : m_why);
}

void Acting::judge()
{
    const auto status = m_link.status();
    QString why;
    if (status && status->replay)
        why = tr("A recording is replayed – controls are locked.");
    else if (m_api.at())
        why = tr("Replay – controls are locked. Exit (Esc)");
    else if (!m_api.readOnly().isEmpty())
        why = m_api.readOnly();
    else if (!m_link.connected())
        why = tr("The engine is not reachable: nothing can be switched.");
    if (std::exchange(m_why, why) != why)
        emit changed();
}

}  // namespace holdfast::widgets
