#include "widgets/table/list_header.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace holdfast::widgets {

namespace {

constexpr int filterPx = 300;
constexpr int leastFilterPx = 140;

}  // namespace

ListHeader::ListHeader(const Theme& theme, const QString& title, const QString& filterHint, const QString& only,
                       QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_row(new QHBoxLayout(this)),
      m_summary(new RoleLabel(theme, TextRole::Secondary, QString(), this)),
      m_filter(new QLineEdit(this)),
      m_only(new FlatButton(theme, only, this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(10);
    m_row->addWidget(new RoleLabel(theme, TextRole::Headline, title, this));
    m_summary->setElided(true);
    m_row->addWidget(m_summary, 1);
    m_filter->setPlaceholderText(filterHint + QStringLiteral("   /"));
    m_filter->setAccessibleName(tr("Filter: %1").arg(title));
    m_filter->setToolTip(filterHint);
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, &ListHeader::changed);
    m_row->addWidget(m_filter, 100);  // up to its widest; the summary has the rest
    m_only->setKeyHint(QStringLiteral("O"));
    m_only->setCheckable(true);
    connect(m_only, &FlatButton::toggled, this, [this](bool on) {
        m_only->setLook(on ? ButtonLook::Inverse : ButtonLook::Outlined);
        emit changed();
    });
    m_row->addWidget(m_only);
    connect(&theme, &Theme::changed, this, &ListHeader::fit);
    fit();
}

void ListHeader::fit()
{
    // It gives way before buttons are cut off.
    m_filter->setMinimumWidth(m_theme.px(leastFilterPx));
    m_filter->setMaximumWidth(m_theme.px(filterPx));
}

void ListHeader::setSummary(const QString& words)
{
    m_summary->setText(words);
}

void ListHeader::addButton(FlatButton* button)
{
    m_row->addWidget(button);
}

QString ListHeader::words() const
{
    return m_filter->text();
}

void ListHeader::setWords(const QString& words)
{
    m_filter->setText(words);
}

bool ListHeader::only() const
{
    return m_only->isChecked();
}

bool ListHeader::fits(const QString& text) const
{
    return text.contains(m_filter->text(), Qt::CaseInsensitive);
}

void ListHeader::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ListHeader::toggleOnly()
{
    m_only->toggle();
}

bool ListHeader::clear()
{
    if (m_filter->text().isEmpty() && !only())
        return false;
    m_filter->clear();
    m_only->setChecked(false);
    return true;
}

}  // namespace holdfast::widgets
