// What the dialog asks for: value, hold, reason, incident and the typed name. What it foresees, sends and follows is in
// action_dialog.cpp.
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/controls/action_dialog.h"
#include "widgets/controls/reason_box.h"
#include "widgets/controls/value_box.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMargins>
#include <QScrollArea>
#include <QVBoxLayout>

namespace holdfast::widgets {

namespace {

constexpr int incidentWidth = 260;
constexpr int fieldHeight = 30;
constexpr QMargins fieldMargins(6, 0, 6, 0);

}  // namespace

void ActionDialog::buildForm(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    m_form = new QWidget(this);
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    if (m_to.isEmpty() && m_control.takesValues()) {
        form->addWidget(new RoleLabel(theme, TextRole::Strong, tr("New value"), m_form));
        m_value = new ValueBox(theme, m_control, ValueBox::Button::None, m_form);
        m_to = m_value->value();
        form->addWidget(m_value);
        connect(m_value, &ValueBox::edited, this, [this] {
            m_to = m_value->value();
            m_typing.start();
            updateConfirm();
        });
    }
    m_hold = new HoldChoice(
        theme, m_control.maxHoldS, [&link = m_context.link] { return link.engineNowMs(); }, m_form);
    m_hold->setHeld(!releases());
    connect(m_hold, &HoldChoice::changed, this, [this] {
        m_typing.start();
        updateConfirm();
    });
    form->addWidget(m_hold);
    buildReason(form);
    m_nameLabel = new RoleLabel(theme, TextRole::Strong, QString(), m_form);
    m_name = new QLineEdit(m_form);
    m_name->setObjectName(QStringLiteral("actionName"));
    m_name->setMinimumHeight(theme.px(fieldHeight));
    m_name->setTextMargins(fieldMargins);
    connect(m_name, &QLineEdit::textChanged, this, &ActionDialog::updateConfirm);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_scroll->ensureWidgetVisible(m_name); });
    form->addWidget(m_nameLabel);
    form->addWidget(m_name);
    m_nameLabel->hide();
    m_name->hide();
    layout->addWidget(m_form);

    m_keeper = new RoleLabel(theme, TextRole::Small, QString(), this);
    m_keeper->setObjectName(QStringLiteral("holdKeeper"));
    m_keeper->setWordWrap(true);
    m_keeper->setVisible(!releases());
    layout->addWidget(m_keeper);
    m_outcome = new RoleLabel(theme, TextRole::Strong, QString(), this);
    m_outcome->setWordWrap(true);
    m_outcome->setObjectName(QStringLiteral("actionOutcome"));
    m_outcome->hide();
    layout->addWidget(m_outcome);
}

void ActionDialog::buildReason(QVBoxLayout* form)
{
    const Theme& theme = m_context.theme;
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(new RoleLabel(theme, TextRole::Strong, tr("Reason (required)"), m_form));
    m_reason = new ReasonBox(m_form);
    m_reason->setPlaceholderText(releases() ? tr("Recovered, load is normal again")
                                            : tr("DB pool exhausted, shed load"));
    m_reason->setToolTip(tr("Down: the last reasons. #: an incident"));
    m_reason->setMinimumHeight(theme.px(fieldHeight));
    m_reason->setTextMargins(fieldMargins);
    connect(m_reason, &QLineEdit::textChanged, this, &ActionDialog::updateConfirm);
    // With large texts the form scrolls: nobody types blind.
    connect(m_reason, &QLineEdit::textEdited, this, [this] { m_scroll->ensureWidgetVisible(m_reason); });
    left->addWidget(m_reason);
    row->addLayout(left, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    right->addWidget(new RoleLabel(theme, TextRole::Strong, tr("Incident"), m_form));
    m_incident = new QComboBox(m_form);
    m_incident->setObjectName(QStringLiteral("actionIncident"));
    m_incident->setAccessibleName(tr("Incident"));
    m_incident->setMinimumHeight(theme.px(fieldHeight));
    m_incident->setFixedWidth(theme.px(incidentWidth));
    right->addWidget(m_incident);
    row->addLayout(right);
    form->addLayout(row);
    fillIncidents();
    connect(m_reason, &ReasonBox::incidentNamed, this, [this](qint64 incident) {
        if (const int at = m_incident->findData(incident); at >= 0)
            m_incident->setCurrentIndex(at);
    });
}

void ActionDialog::fillIncidents()
{
    m_incident->addItem(tr("none"), qint64(0));
    QStringList offered;
    if (const auto list = m_context.incidents.latest()) {
        for (const Incident& incident : list->incidents) {
            if (!incident.open())
                continue;
            const QString text = QStringLiteral("INC-%1 %2").arg(incident.id).arg(incident.title);
            offered << text;
            m_incident->addItem(text, static_cast<qint64>(incident.id));
            const bool meant = incident.services.contains(m_control.service)
                               || (!m_control.callee.isEmpty() && incident.services.contains(m_control.callee));
            if (meant && m_incident->currentIndex() == 0)
                m_incident->setCurrentIndex(m_incident->count() - 1);
        }
    }
    m_reason->setIncidents(offered);
}

}  // namespace holdfast::widgets
