#include "widgets/settings/config_fields.h"

#include "widgets/settings/yaml_value.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QLineEdit>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int fieldWidth = 200;
constexpr int fieldHeight = 26;

}  // namespace

ConfigFields::ConfigFields(const Theme& theme, std::vector<ConfigField> fields, QWidget* parent)
    : QWidget(parent),
      m_fields(std::move(fields)),
      m_save(new FlatButton(theme, tr("Check, save and reload"), this)),
      m_message(new RoleLabel(theme, TextRole::Body, QString(), this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 8, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(2, 1);
    for (int row = 0; row < static_cast<int>(m_fields.size()); ++row) {
        const ConfigField& field = m_fields[static_cast<std::size_t>(row)];
        auto* edit = new QLineEdit(this);
        edit->setObjectName(field.path);
        edit->setAccessibleName(field.title);
        edit->setPlaceholderText(field.absent);
        const auto fit = [edit, &theme] { edit->setFixedSize(theme.px(fieldWidth), theme.px(fieldHeight)); };
        connect(&theme, &Theme::changed, edit, fit);
        fit();
        grid->addWidget(new RoleLabel(theme, TextRole::Body, field.title, this), row, 0);
        grid->addWidget(edit, row, 1);
        grid->addWidget(new RoleLabel(theme, TextRole::Small, field.path, this), row, 2);
        connect(edit, &QLineEdit::textChanged, this, &ConfigFields::updateButton);
        connect(edit, &QLineEdit::returnPressed, m_save, &FlatButton::click);
        m_edits.push_back(edit);
    }
    const int below = static_cast<int>(m_fields.size());
    setTabOrder(m_edits.back(), m_save);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setObjectName(QStringLiteral("fieldsMessage"));
    m_message->hide();
    grid->addWidget(m_save, below, 1, 1, 2, Qt::AlignLeft);
    grid->addWidget(m_message, below + 1, 0, 1, 3);
    connect(m_save, &FlatButton::clicked, this, [this] { emit saveWanted(changed()); });
    updateButton();
}

void ConfigFields::setText(const ConfigText& text)
{
    m_writable = text.writable;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const QString& path = m_fields[i].path;
        const auto value = yamlValue(text.text, path);
        const bool typed = m_edits[i]->isEnabled() && m_edits[i]->text() != m_inFile.value(path);
        m_inFile[path] = value.value_or(QString());
        m_edits[i]->setEnabled(value && m_writable);
        m_edits[i]->setToolTip(!m_writable ? tr("The engine may not write the file")
                               : !value    ? tr("Written in a form that only the editor of the file can change")
                                           : QString());
        if (!typed)
            m_edits[i]->setText(m_inFile[path]);
    }
    updateButton();
}

void ConfigFields::say(const QString& text, bool problem)
{
    m_message->setRole(problem ? TextRole::Critical : TextRole::Body);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

ConfigValues ConfigFields::changed() const
{
    ConfigValues values;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const QString value = m_edits[i]->text().trimmed();
        if (m_edits[i]->isEnabled() && value != m_inFile.value(m_fields[i].path))
            values.emplace_back(m_fields[i].path, value);
    }
    return values;
}

void ConfigFields::updateButton()
{
    m_save->setEnabled(!changed().empty());
}

}  // namespace holdfast::widgets
