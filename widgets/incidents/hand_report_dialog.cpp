#include "widgets/incidents/hand_report_dialog.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/controls/action_runner.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace holdfast::widgets {

namespace {

constexpr int dialogWidth = 560;
constexpr int longestText = 200;  // the engine's limit for what becomes the title
constexpr qint64 minuteMs = 60'000;

}  // namespace

HandReportDialog::HandReportDialog(const ViewContext& context, const QString& service, QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_service(new QComboBox(this)),
      m_text(new QLineEdit(this)),
      m_severity(new QComboBox(this)),
      m_since(new QComboBox(this)),
      m_problem(new RoleLabel(context.theme, TextRole::Critical, QString(), this)),
      m_open(new FlatButton(context.theme, tr("Open incident"), this, ButtonLook::Filled))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("handReport"));
    setWindowTitle(tr("Open an incident by hand"));
    setMinimumWidth(context.theme.px(dialogWidth));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(new RoleLabel(context.theme, TextRole::Title, windowTitle(), this));
    auto* words = new RoleLabel(context.theme, TextRole::Secondary,
                                tr("For what people see and no rule does yet. Alerts of the service join it, and those "
                                   "of its neighbours that come soon; it stays open until a person resolves it."),
                                this);
    words->setWordWrap(true);
    layout->addWidget(words);
    const auto field = [&](const QString& name, QWidget* widget, const char* object) {
        auto* label = new RoleLabel(context.theme, TextRole::Strong, name, this);
        layout->addWidget(label);
        widget->setObjectName(QLatin1String(object));
        widget->setAccessibleName(name);
        layout->addWidget(widget);
    };
    m_service->setEditable(true);
    if (const auto fleet = context.fleet.latest()) {
        for (const FleetService& one : fleet->services)
            m_service->addItem(one.name);
    }
    m_service->setCurrentText(service);
    field(tr("Service"), m_service, "handService");
    m_text->setMaxLength(longestText);
    m_text->setPlaceholderText(tr("One sentence: carts are empty after login"));
    field(tr("What is wrong"), m_text, "handText");
    m_severity->addItem(tr("SEV1 – users cannot do what they came for"), QStringLiteral("sev1"));
    m_severity->addItem(tr("SEV2 – users are hindered; wakes somebody"), QStringLiteral("sev2"));
    m_severity->addItem(tr("SEV3 – can wait for the day"), QStringLiteral("sev3"));
    m_severity->setCurrentIndex(1);
    field(tr("How bad"), m_severity, "handSeverity");
    for (const int minutes : {0, 5, 15, 30, 60, 180})
        m_since->addItem(minutes == 0    ? tr("just now")
                         : minutes < 60  ? tr("%1 min ago").arg(minutes)
                         : minutes == 60 ? tr("1 h ago")
                                         : tr("%1 h ago").arg(minutes / 60),
                         minutes * minuteMs);
    field(tr("Seen since"), m_since, "handSince");
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    auto* cancel = new FlatButton(context.theme, tr("Cancel"), this);
    cancel->setKeyHint(tr("Esc"));
    row->addWidget(cancel);
    m_open->setObjectName(QStringLiteral("handOpen"));
    m_open->setKeyHint(tr("Ctrl+Enter"));
    row->addWidget(m_open);
    layout->addLayout(row);
    connect(cancel, &FlatButton::clicked, this, &QDialog::reject);
    connect(m_open, &FlatButton::clicked, this, &HandReportDialog::send);
    connect(m_text, &QLineEdit::textChanged, this, &HandReportDialog::judge);
    connect(m_service, &QComboBox::currentTextChanged, this, &HandReportDialog::judge);
    connect(&context.actions.acting(), &Acting::changed, this, &HandReportDialog::judge);
    judge();
    if (service.isEmpty())
        m_service->setFocus();
    else
        m_text->setFocus();
}

void HandReportDialog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter) {
        QDialog::keyPressEvent(event);
        return;
    }
    if (event->modifiers().testFlag(Qt::ControlModifier) && m_open->isEnabled())
        send();
}

void HandReportDialog::judge()
{
    const bool said = !m_service->currentText().trimmed().isEmpty() && !m_text->text().trimmed().isEmpty();
    m_context.actions.acting().apply(*m_open, said && !m_slot.busy(),
                                     said ? QString() : tr("It needs a service and one sentence."));
}

void HandReportDialog::send()
{
    m_problem->hide();
    const qint64 ago = m_since->currentData().toLongLong();
    QJsonObject body{{QStringLiteral("actor"), m_context.actions.actor()},
                     {QStringLiteral("service"), m_service->currentText().trimmed()},
                     {QStringLiteral("text"), m_text->text().trimmed()},
                     {QStringLiteral("severity"), m_severity->currentData().toString()}};
    if (ago > 0)
        body.insert(QStringLiteral("start_ms"), m_context.link.presentMs() - ago);
    m_context.api.post<IncidentDetail>(m_slot, QStringLiteral("/holdfast/v1/incidents"), body, decodeIncident,
                                       [this](const auto& answer) { take(answer); });
    judge();
}

void HandReportDialog::take(const Result<std::shared_ptr<const IncidentDetail>>& answer)
{
    if (!answer) {
        m_problem->setText(QString::fromStdString(answer.error().message));
        m_problem->show();
        judge();
        return;
    }
    emit opened((*answer)->incident.id);
    accept();
}

}  // namespace holdfast::widgets
