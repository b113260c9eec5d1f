#include "widgets/settings/config_page.h"

#include "widgets/settings/yaml_parts.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <utility>

namespace holdfast::widgets {

ConfigPage::ConfigPage(const Theme& theme, QString remark, std::vector<ConfigField> fields, std::vector<ConfigKey> keys,
                       QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_remark(std::move(remark)),
      m_keys(std::move(keys)),
      m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 12, 0);
    auto* about = new RoleLabel(theme, TextRole::Secondary, m_remark, this);
    about->setWordWrap(true);
    m_layout->addWidget(about);
    if (fields.empty())
        return;
    m_fields = new ConfigFields(theme, std::move(fields), this);
    m_fields->hide();
    m_layout->addWidget(m_fields);
    connect(m_fields, &ConfigFields::saveWanted, this, &ConfigPage::saveWanted);
}

void ConfigPage::sayOfValues(const QString& text, bool problem)
{
    if (m_fields)
        m_fields->say(text, problem);
}

void ConfigPage::clear()
{
    delete m_page;
    m_page = new QWidget(this);
    m_layout->addWidget(m_page, 1);
}

void ConfigPage::setMissing(const QString& why)
{
    clear();
    auto* layout = new QVBoxLayout(m_page);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new RoleLabel(m_theme, TextRole::Body, why, m_page);
    label->setWordWrap(true);
    layout->addWidget(label);
    layout->addStretch(1);
}

void ConfigPage::setText(const ConfigText& text)
{
    clear();
    auto* layout = new QVBoxLayout(m_page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (m_fields) {
        m_fields->show();
        m_fields->setText(text);
    }
    for (const ConfigKey& key : m_keys) {
        const auto part = yamlPart(text.text, key.path);
        auto* head = new QHBoxLayout;
        head->addWidget(new RoleLabel(m_theme, TextRole::Strong, key.title, m_page));
        head->addWidget(new RoleLabel(m_theme, TextRole::Small,
                                      part ? tr("%1, line %2").arg(text.file).arg(part->line) : key.path, m_page));
        head->addStretch(1);
        auto* edit = new FlatButton(m_theme, part ? tr("Edit") : tr("Add"), m_page, ButtonLook::Outlined);
        edit->setAccessibleName(tr("Edit %1 in the file").arg(key.path));
        connect(edit, &FlatButton::clicked, this, [this, line = part ? part->line : 1] { emit editWanted(line); });
        head->addWidget(edit);
        layout->addSpacing(8);
        layout->addLayout(head);
        auto* body = new RoleLabel(m_theme, part ? TextRole::Body : TextRole::Secondary,
                                   part ? part->text : tr("Not in the file: %1").arg(key.absent), m_page);
        body->setTextInteractionFlags(Qt::TextSelectableByMouse);
        body->setWordWrap(!part);
        if (part) {
            QFont code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
            code.setPixelSize(m_theme.px(12));
            body->setFont(code);
        }
        layout->addWidget(body);
    }
    layout->addStretch(1);
}

}  // namespace holdfast::widgets
