#include "widgets/main_window/environment_menu.h"

#include "widgets/client/engine_link.h"
#include "widgets/main_window/environments.h"

#include <QInputDialog>

#include <utility>

namespace holdfast::widgets {

EnvironmentMenu::EnvironmentMenu(const EngineLink& link, const EngineSource& here, Go go, QWidget* parent)
    : QMenu(parent), m_go(std::move(go))
{
    setObjectName(QStringLiteral("environmentMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    const auto status = link.status();
    if (!link.readOnly() && !status) {
        addAction(tr("The engine has not answered yet"))->setEnabled(false);
    } else {
        QAction* current =
            addAction(link.readOnly() ? tr("%1 – read only").arg(here.attach.toString()) : status->environment);
        current->setCheckable(true);
        current->setChecked(true);
    }
    for (const Environment& known : knownEnvironments()) {
        if (known.sameSource(here))
            continue;
        const QString name = known.source.attach.isEmpty() ? tr("%1 – %2").arg(known.name, known.source.engineFile)
                                                           : tr("%1 – read only").arg(known.source.attach.toString());
        connect(addAction(name), &QAction::triggered, this, [this, known] { m_go(known.arguments()); });
    }
    addSeparator();
    connect(addAction(tr("Look at another engine or a Prometheus…")), &QAction::triggered, this,
            &EnvironmentMenu::askForPrometheus);
}

void EnvironmentMenu::askForPrometheus() const
{
    auto* dialog = new QInputDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Look at another engine or a Prometheus"));
    dialog->setLabelText(tr("Address of a Holdfast engine on another machine, or of a Prometheus, Thanos, Mimir or "
                            "VictoriaMetrics. Reading only: nothing can be switched or acknowledged there."));
    dialog->setTextValue(QStringLiteral("http://127.0.0.1:9090"));
    connect(dialog, &QInputDialog::textValueSelected, parentWidget(), [go = m_go](const QString& address) {
        go({QStringLiteral("--attach"), address.trimmed()});
    });
    dialog->open();
}

}  // namespace holdfast::widgets
