#include "widgets/incidents/cards.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace holdfast::widgets {

namespace {

QString valueOf(const QString& signal, std::optional<double> value)
{
    if (!value)
        return QStringLiteral("–");
    if (signal.endsWith(QLatin1String("p99")))
        return latencyText(*value);
    if (signal.endsWith(QLatin1String("requests")))
        return rateText(*value);
    return ratioText(*value);  // errors, headroom
}

TextRole roleOf(const QString& verdict)
{
    return verdict == QLatin1String("worse") ? TextRole::Critical : TextRole::Strong;
}

/// A frame in the theme's tones, that follows the theme.
class Card : public QFrame {
public:
    Card(const Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme) { setFrameShape(NoFrame); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    const Theme& m_theme;
};

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.tokens().grid);
    painter.setBrush(m_theme.tokens().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

}  // namespace

QString verdictText(const QString& verdict)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("Effects", text); };
    if (verdict == QLatin1String("improved"))
        return words("improved");
    if (verdict == QLatin1String("worse"))
        return words("worse");
    if (verdict == QLatin1String("mixed"))
        return words("better here, worse there");
    if (verdict == QLatin1String("no_clear_change"))
        return words("no clear change");
    if (verdict == QLatin1String("too_early"))
        return words("too early to say");
    if (verdict == QLatin1String("confounded"))
        return words("confounded");
    return verdict;
}

Cards::Cards(const Theme& theme, const QString& accessibleName, QWidget* parent) : QScrollArea(parent), m_theme(theme)
{
    setAccessibleName(accessibleName);
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

bool Cards::same(const QString& content)
{
    return std::exchange(m_content, content) == content && m_inner != nullptr;
}

void Cards::begin()
{
    m_inner = new QWidget;
    m_layout = new QVBoxLayout(m_inner);
    m_layout->setContentsMargins(0, 4, 8, 4);
    m_layout->setSpacing(8);
}

void Cards::finish()
{
    m_layout->addStretch(1);
    setWidget(m_inner);
}

QWidget* Cards::beginCard()
{
    auto* card = new Card(m_theme, m_inner);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(3);
    m_layout->addWidget(card);
    return card;
}

void Cards::addLine(QWidget* card, int role, const QString& text)
{
    auto* label = new RoleLabel(m_theme, static_cast<TextRole>(role), text, card);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card->layout()->addWidget(label);
}

void Cards::setWords(const QString& text)
{
    if (same(text))
        return;
    begin();
    auto* label = new RoleLabel(m_theme, TextRole::Secondary, text, m_inner);
    label->setWordWrap(true);
    m_layout->addWidget(label);
    finish();
}

void Cards::setEffects(const std::vector<ChangeEffect>& effects)
{
    QString content = QStringLiteral("effects");
    for (const ChangeEffect& effect : effects)
        content += effect.what + effect.verdict + effect.text + effect.because + QString::number(effect.ofMs);
    if (same(content))
        return;
    begin();
    for (const ChangeEffect& effect : effects) {
        QWidget* card = beginCard();
        QString verdict = verdictText(effect.state == QLatin1String("confounded") ? effect.state : effect.verdict);
        if (!effect.because.isEmpty())
            verdict += QStringLiteral(": ") + effect.because;
        addLine(card, static_cast<int>(TextRole::Tertiary),
                QStringLiteral("%1 · %2 · %3").arg(timeText(effect.ofMs, effect.ofMs), effect.of, effect.service));
        addLine(card, static_cast<int>(TextRole::Body),
                effect.actor.isEmpty() || effect.what.contains(effect.actor)
                    ? effect.what
                    : QStringLiteral("%1: %2").arg(effect.actor, effect.what));
        addLine(card, static_cast<int>(roleOf(effect.verdict)), verdict);
        QStringList unchanged;
        for (const ChangeEffect::Line& line : effect.lines) {
            if (line.verdict == QLatin1String("no_clear_change")) {
                unchanged << line.signal;
                continue;
            }
            addLine(card, static_cast<int>(TextRole::Body),
                    QStringLiteral("%1   %2 → %3   %4")
                        .arg(line.signal, valueOf(line.signal, line.before), valueOf(line.signal, line.now),
                             verdictText(line.verdict)));
        }
        if (!unchanged.isEmpty())
            addLine(card, static_cast<int>(TextRole::Tertiary),
                    tr("no clear change: %1").arg(unchanged.join(QStringLiteral(", "))));
    }
    finish();
}

void Cards::setSimilar(const std::vector<SimilarIncident>& similar, std::int64_t nowMs)
{
    QString content = QStringLiteral("similar");
    for (const SimilarIncident& incident : similar)
        content += QString::number(incident.id) + incident.title + QString::number(incident.done.size());
    if (same(content))
        return;
    begin();
    for (const SimilarIncident& incident : similar) {
        QWidget* card = beginCard();
        auto* row = new QHBoxLayout;
        auto* title = new RoleLabel(m_theme, TextRole::Strong,
                                    QStringLiteral("INC-%1  %2").arg(incident.id).arg(incident.title), card);
        title->setWordWrap(true);
        row->addWidget(title, 1);
        auto* open = new FlatButton(m_theme, tr("Open"), card);
        connect(open, &FlatButton::clicked, this, [this, id = incident.id] { emit incidentChosen(id); });
        row->addWidget(open, 0, Qt::AlignTop);
        static_cast<QVBoxLayout*>(card->layout())->addLayout(row);
        const QString lasted = incident.resolvedMs
                                   ? tr("lasted %1").arg(durationText(*incident.resolvedMs - incident.openedMs))
                                   : tr("still open");
        addLine(card, static_cast<int>(TextRole::Tertiary),
                QStringLiteral("%1 · %2 · %3")
                    .arg(timeText(incident.openedMs, nowMs), lasted, incident.why.join(QStringLiteral(", "))));
        if (incident.done.empty())
            addLine(card, static_cast<int>(TextRole::Secondary), tr("Nothing was done; it went by itself."));
        for (const SimilarIncident::Done& done : incident.done)
            addLine(card,
                    static_cast<int>(done.effect == QLatin1String("improved") ? TextRole::Strong : TextRole::Body),
                    done.effect.isEmpty() ? done.text
                                          : QStringLiteral("%1  →  %2").arg(done.text, verdictText(done.effect)));
    }
    finish();
}

}  // namespace holdfast::widgets
