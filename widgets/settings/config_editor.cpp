#include "widgets/settings/config_editor.h"

#include "widgets/client/engine_link.h"
#include "widgets/controls/action_runner.h"
#include "widgets/settings/yaml_parts.h"
#include "widgets/settings/yaml_value.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int lookEveryMs = 3000;
constexpr int changeDeadlineMs = 15'000;

QFont codeFont(const Theme& theme)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(theme.px(13));
    return font;
}

}  // namespace

ConfigEditor::ConfigEditor(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_file(new RoleLabel(context.theme, TextRole::Secondary, QString(), this)),
      m_message(new RoleLabel(context.theme, TextRole::Body, QString(), this)),
      m_edit(new QPlainTextEdit(this)),
      m_check(new FlatButton(context.theme, tr("Check"), this)),
      m_save(new FlatButton(context.theme, tr("Check, save and reload"), this, ButtonLook::Filled)),
      m_reload(new FlatButton(context.theme, tr("Reload the file"), this)),
      m_drop(new FlatButton(context.theme, tr("Drop my changes"), this)),
      m_difference(new FlatButton(context.theme, tr("Show differences"), this))
{
    m_edit->setObjectName(QStringLiteral("configEditor"));
    m_edit->setAccessibleName(tr("Configuration file"));
    m_edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_edit->setFont(codeFont(context.theme));
    m_edit->setTabChangesFocus(true);
    m_save->setObjectName(QStringLiteral("configSave"));
    m_check->setObjectName(QStringLiteral("configCheck"));
    m_message->setObjectName(QStringLiteral("configMessage"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reload->setToolTip(tr("Lets the engine read the file again as it is on the disk"));
    auto* buttons = new QHBoxLayout;
    for (FlatButton* button : {m_save, m_check, m_reload, m_difference, m_drop})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_file);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_message);
    layout->addLayout(buttons);
    connect(m_check, &FlatButton::clicked, this, &ConfigEditor::check);
    connect(m_save, &FlatButton::clicked, this, &ConfigEditor::save);
    connect(m_reload, &FlatButton::clicked, this, &ConfigEditor::reload);
    connect(m_drop, &FlatButton::clicked, this, &ConfigEditor::dropChanges);
    connect(m_difference, &FlatButton::clicked, this, &ConfigEditor::showDifference);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &ConfigEditor::updateButtons);
    connect(&context.theme, &Theme::changed, this, [this] { m_edit->setFont(codeFont(m_context.theme)); });
    m_timer.setInterval(lookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &ConfigEditor::read);
    updateButtons();
}

void ConfigEditor::watch(bool on)
{
    if (!on) {
        m_timer.stop();
        return;
    }
    m_timer.start();
    read();
}

void ConfigEditor::goToLine(int line)
{
    const QTextBlock block = m_edit->document()->findBlockByNumber(std::max(0, line - 1));
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.select(QTextCursor::LineUnderCursor);
    m_edit->setTextCursor(cursor);
    m_edit->centerCursor();
    m_edit->setFocus();
}

QString ConfigEditor::text() const
{
    return m_edit->toPlainText();
}

bool ConfigEditor::changed() const
{
    return !m_editedFrom.revision.isEmpty() && text() != m_editedFrom.text;
}

void ConfigEditor::read()
{
    if (!m_context.link.connected() || m_context.link.attached())
        return;
    m_context.api.get<ConfigText>(m_readSlot, QStringLiteral("/holdfast/v1/config"), {}, decodeConfigText,
                                  [this](const auto& answer) {
                                      if (answer)
                                          took(**answer);
                                      else if (m_onDisk.revision.isEmpty())
                                          say(QString::fromStdString(answer.error().message), true);
                                      updateButtons();
                                  });
}

void ConfigEditor::took(const ConfigText& onDisk)
{
    const bool another = onDisk.revision != m_onDisk.revision;
    m_onDisk = onDisk;
    m_file->setText(onDisk.writable ? onDisk.file : tr("%1 – may not be written by the engine").arg(onDisk.file));
    if (!another)
        return;
    emit textRead(onDisk);
    if (onDisk.revision == m_editedFrom.revision)
        return;
    if (changed()) {
        say(tr("The file was changed by somebody else. Your text is still here: look at the differences, take over "
               "what "
               "you need, or drop your changes."),
            true);
        return;
    }
    const bool first = m_editedFrom.revision.isEmpty();
    m_editedFrom = onDisk;
    m_edit->setPlainText(onDisk.text);
    say(first ? QString()
              : tr("The file was changed on the disk; this is what it says now. Reload lets the engine read it."),
        false);
}

void ConfigEditor::check()
{
    m_busy = true;
    updateButtons();
    m_context.api.post<ConfigVerdict>(
        m_askSlot, QStringLiteral("/holdfast/v1/config/check"), QJsonObject{{QStringLiteral("text"), text()}},
        decodeConfigVerdict, [this](const auto& answer) {
            m_busy = false;
            if (!answer) {
                const QString why = QString::fromStdString(answer.error().message);
                say(why, true);
                goToLine(lineOfProblem(why));
            } else {
                say((*answer)->warnings.isEmpty()
                        ? tr("The text is good")
                        : tr("The text is good, with remarks:\n%1").arg((*answer)->warnings.join(QLatin1Char('\n'))),
                    false);
            }
            updateButtons();
        });
}

void ConfigEditor::setValues(const ConfigValues& values)
{
    if (changed()) {
        say(tr("The editor of the file holds changes that are not saved: save or drop them first."), true);
        return;
    }
    QString wanted = m_editedFrom.text;
    for (const auto& [path, value] : values)
        wanted = yamlWithValue(wanted, path, value).value_or(wanted);
    put(wanted);
}

void ConfigEditor::save()
{
    put(text());
}

void ConfigEditor::put(const QString& wanted)
{
    m_busy = true;
    updateButtons();
    const QJsonObject body{{QStringLiteral("text"), wanted},
                           {QStringLiteral("revision"), m_editedFrom.revision},
                           {QStringLiteral("actor"), m_context.actions.actor()}};
    m_context.api.post<ConfigVerdict>(
        m_askSlot, QStringLiteral("/holdfast/v1/config"), body, decodeConfigVerdict,
        [this, wanted](const auto& answer) {
            m_busy = false;
            if (!answer) {
                const QString why = QString::fromStdString(answer.error().message);
                say(tr("Not saved: %1").arg(why), true);
                if (const int line = lineOfProblem(why); line > 0 && text() == wanted && isVisible())
                    goToLine(line);
            } else {
                m_editedFrom.text = wanted;
                m_editedFrom.revision = (*answer)->revision;
                if (text() != wanted)
                    m_edit->setPlainText(wanted);  // its values came from fields
                say(tr("Saved and in force. The text before is in %1").arg((*answer)->backup), false);
                read();
            }
            updateButtons();
        },
        changeDeadlineMs);
}

void ConfigEditor::reload()
{
    m_busy = true;
    updateButtons();
    m_context.api.post<ConfigVerdict>(
        m_askSlot, QStringLiteral("/-/reload"), {}, decodeConfigVerdict,
        [this](const auto& answer) {
            m_busy = false;
            if (answer)
                say(tr("The engine read the file again; it is in force"), false);
            else
                say(tr("The configuration before stays in force: %1")
                        .arg(QString::fromStdString(answer.error().message)),
                    true);
            updateButtons();
        },
        changeDeadlineMs);
}

void ConfigEditor::dropChanges()
{
    m_editedFrom = m_onDisk;
    m_edit->setPlainText(m_onDisk.text);
    say({}, false);
    updateButtons();
}

void ConfigEditor::showDifference()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("On the disk (−) and in the editor (+)"));
    dialog->resize(m_context.theme.px(760), m_context.theme.px(520));
    auto* view = new QPlainTextEdit(lineDiff(m_onDisk.text, text()), dialog);
    view->setReadOnly(true);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setFont(codeFont(m_context.theme));
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(view);
    dialog->open();
}

void ConfigEditor::say(const QString& text, bool problem)
{
    m_message->setRole(problem ? TextRole::Critical : TextRole::Body);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    emit told(text, problem);
}

void ConfigEditor::updateButtons()
{
    const bool known = !m_onDisk.revision.isEmpty() && m_context.link.connected() && !m_busy;
    m_edit->setReadOnly(m_onDisk.revision.isEmpty());
    m_save->setEnabled(known && changed() && m_onDisk.writable);
    m_check->setEnabled(known);
    m_reload->setEnabled(known && !changed());
    m_drop->setEnabled(changed());
    m_difference->setEnabled(text() != m_onDisk.text);
}

}  // namespace holdfast::widgets
