#include "widgets/controls/foresight.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/map/blast_sketch.h"
#include "widgets/navigator.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <vector>

namespace holdfast::widgets {

QString stateByInstances(const Control& control)
{
    std::map<QString, int> counts;
    for (const ControlInstance& instance : control.instances) {
        if (!instance.state.isEmpty())
            ++counts[instance.state];
    }
    if (counts.size() < 2)
        return control.word;
    std::vector<std::pair<QString, int>> most(counts.begin(), counts.end());
    std::ranges::stable_sort(most, std::ranges::greater{}, &std::pair<QString, int>::second);
    QStringList parts;
    for (const auto& [state, count] : most)
        parts << Foresight::tr("%1 on %2")
                     .arg(QString(state).replace(QLatin1Char('_'), QLatin1Char(' ')).toUpper())
                     .arg(count);
    return parts.join(QStringLiteral(", "));
}

Foresight::Foresight(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_now(new RoleLabel(context.theme, TextRole::Secondary, QString(), this)),
      m_age(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_preview(new RoleLabel(context.theme, TextRole::Body, tr("Asking the engine…"), this)),
      m_sketch(new BlastSketch(context.theme, this)),
      m_row(new QHBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_now->setObjectName(QStringLiteral("stateNow"));
    m_now->setWordWrap(true);
    layout->addWidget(m_now);
    m_row->setSpacing(16);
    auto* left = new QVBoxLayout;
    left->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(new RoleLabel(context.theme, TextRole::Strong, tr("What will happen"), this));
    m_age->setObjectName(QStringLiteral("planAge"));
    head->addWidget(m_age, 1);
    left->addLayout(head);
    m_preview->setWordWrap(true);
    m_preview->setObjectName(QStringLiteral("planPreview"));
    left->addWidget(m_preview);
    left->addStretch(1);
    m_row->addLayout(left, 1);
    m_sketch->setFixedWidth(m_sketch->sizeHint().width());
    m_row->addWidget(m_sketch, 0, Qt::AlignTop);
    layout->addLayout(m_row);
    connect(m_sketch, &BlastSketch::mapRequested, this, [this] {
        m_context.navigator.go({QStringLiteral("map"), m_control.service, QStringLiteral("blast:") + m_control.id});
    });
    connect(&m_second, &QTimer::timeout, this, &Foresight::sayAge);
    m_second.start(1000);
}

void Foresight::showNow(const Control& control)
{
    m_control = control;
    const auto status = m_context.link.status();
    QString now = control.n == 1 ? tr("1 instance · now %1").arg(control.word)
                                 : tr("%1 instances · now %2").arg(control.n).arg(stateByInstances(control));
    if (status && !status->environment.isEmpty())
        now = status->environment + QStringLiteral(" · ") + now;
    m_now->setText(now);
}

void Foresight::showPlan(const Plan& plan)
{
    QStringList lines;
    for (const PlanLine& line : plan.lines)
        lines << QStringLiteral("•  ") + line.text;
    for (const QString& warning : plan.warnings)
        lines << tr("•  Warning: %1").arg(warning);
    if (lines.isEmpty())
        lines << QStringLiteral("•  ") + plan.sentence;
    m_preview->setText(lines.join(QLatin1Char('\n')));
    m_preview->setToolTip(plan.requests.join(QLatin1Char('\n')));
    // Its figures are of now: what stands below must not move with the length of a number.
    m_preview->setMinimumHeight(std::max(m_preview->minimumHeight(), m_preview->heightForWidth(m_preview->width())));
    m_lookedMs = QDateTime::currentMSecsSinceEpoch();
    sayAge();
}

void Foresight::showProblem(const QString& problem)
{
    m_preview->setText(problem);
    m_lookedMs = 0;
    sayAge();
}

void Foresight::showEdge(const Control& control, bool opens)
{
    const auto fleet = m_context.fleet.latest();
    m_sketch->setVisible(fleet && !fleet->edges.empty());
    if (fleet)
        m_sketch->setEdge(*fleet, control.service, control.callee, control.kind == ControlKind::Breaker && opens);
}

void Foresight::resizeEvent(QResizeEvent* event)
{
    if (event->size().width() != event->oldSize().width())
        m_preview->setMinimumHeight(0);
    QWidget::resizeEvent(event);
    // The sentences come first: a sketch beside them must leave them most of the width.
    const bool room = m_sketch->width() * 2 < width();
    m_row->setDirection(room ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void Foresight::sayAge()
{
    const std::int64_t age = QDateTime::currentMSecsSinceEpoch() - m_lookedMs;
    m_age->setText(m_lookedMs > 0 ? tr("foreseen %1 ago").arg(ageText(age)) : QString());
}

}  // namespace holdfast::widgets
