#include "widgets/theme/state_page.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int textWidth = 560;

}  // namespace

StatePage::StatePage(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_title(new RoleLabel(theme, TextRole::Headline, QString(), this)),
      m_words(new RoleLabel(theme, TextRole::Secondary, QString(), this)),
      m_button(new FlatButton(theme, QString(), this))
{
    setObjectName(QStringLiteral("statePage"));
    m_words->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(40, 60, 40, 40);
    layout->setSpacing(10);
    layout->addWidget(m_title, 0, Qt::AlignLeft);
    layout->addWidget(m_words, 0, Qt::AlignLeft);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_button, &FlatButton::clicked, this, &StatePage::wayOutTaken);
    connect(&theme, &Theme::changed, this, &StatePage::fitWords);
}

void StatePage::say(const QString& title, const QString& words, const QString& wayOut)
{
    m_title->setText(title);
    m_words->setText(words);
    fitWords();
    m_button->setText(wayOut);
    m_button->setAccessibleName(wayOut);
    m_button->setVisible(!wayOut.isEmpty());
    m_button->updateGeometry();
    setAccessibleName(title);
    setAccessibleDescription(words);
}

void StatePage::fitWords()
{
    const int width = m_theme.px(textWidth);
    m_words->setFixedWidth(width);
    // In a box beside a stretch an aligned label gets its usual height, whatever its wrapped text needs.
    m_words->setMinimumHeight(std::max(0, m_words->heightForWidth(width)));
}

QString StatePage::title() const
{
    return m_title->text();
}

}  // namespace holdfast::widgets
