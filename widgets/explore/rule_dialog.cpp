#include "widgets/explore/rule_dialog.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSaveFile>
#include <QVBoxLayout>

#include <array>

namespace holdfast::widgets {

namespace {

constexpr std::array<qint64, 6> holdsMs{0, 30'000, 60'000, 300'000, 900'000, 3'600'000};
constexpr int usualHold = 2;

}  // namespace

RuleDialog::RuleDialog(const Theme& theme, const QString& expr, const QString& folder, QWidget* parent)
    : QDialog(parent),
      m_expr(expr),
      m_folder(folder),
      m_kind(new QComboBox(this)),
      m_name(new QLineEdit(this)),
      m_comparison(new QComboBox(this)),
      m_threshold(new QLineEdit(this)),
      m_for(new QComboBox(this)),
      m_severity(new QComboBox(this)),
      m_summary(new QLineEdit(this)),
      m_text(new QPlainTextEdit(this)),
      m_say(new RoleLabel(theme, TextRole::Secondary, QString(), this)),
      m_copy(new FlatButton(theme, tr("Copy"), this)),
      m_save(new FlatButton(theme, tr("Save as file…"), this, ButtonLook::Filled))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("ruleDialog"));
    setWindowTitle(tr("Make a rule of this query"));
    setMinimumWidth(640);
    build(theme);
    showDraft();
    m_name->setFocus();
}

void RuleDialog::build(const Theme& theme)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, windowTitle(), this));
    m_kind->addItem(tr("Alert while it holds"), false);
    m_kind->addItem(tr("Record it as a series"), true);
    m_name->setObjectName(QStringLiteral("ruleName"));
    m_name->setPlaceholderText(QStringLiteral("ErrorsHigh"));
    for (const char* sign : {">", ">=", "<", "<=", "==", "!="})
        m_comparison->addItem(QLatin1String(sign));
    m_threshold->setObjectName(QStringLiteral("ruleThreshold"));
    m_threshold->setPlaceholderText(tr("a number; empty: the query compares already"));
    for (const qint64 ms : holdsMs)
        m_for->addItem(ms == 0 ? tr("at once") : durationText(ms), ms);
    m_for->setCurrentIndex(usualHold);
    m_severity->addItem(tr("page – somebody is woken"), QStringLiteral("page"));
    m_severity->addItem(tr("ticket – in working hours"), QStringLiteral("ticket"));
    m_summary->setPlaceholderText(tr("what the person on call reads first; {{ $labels.job }} is filled in"));
    auto* value = new QHBoxLayout;
    value->addWidget(m_comparison);
    value->addWidget(m_threshold, 1);
    auto* form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignLeft);
    const auto row = [&](const QString& text, auto* field, QWidget* named) {
        named->setAccessibleName(text);
        form->addRow(new RoleLabel(theme, TextRole::Body, text, this), field);
    };
    row(tr("Rule"), m_kind, m_kind);
    row(tr("Name"), m_name, m_name);
    row(tr("Limit"), value, m_threshold);
    row(tr("For"), m_for, m_for);
    row(tr("Severity"), m_severity, m_severity);
    row(tr("Summary"), m_summary, m_summary);
    m_comparison->setAccessibleName(tr("Comparison"));
    layout->addLayout(form);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_text->setFont(fixed);
    m_text->setObjectName(QStringLiteral("ruleText"));
    m_text->setAccessibleName(tr("The rule file"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMinimumHeight(200);
    layout->addWidget(m_text, 1);
    m_say->setObjectName(QStringLiteral("ruleSay"));
    m_say->setWordWrap(true);
    layout->addWidget(m_say);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new FlatButton(theme, tr("Close"), this);
    cancel->setKeyHint(QStringLiteral("Esc"));
    auto* configuration = new FlatButton(theme, tr("Open the configuration"), this);
    configuration->setVisible(!m_folder.isEmpty());
    m_copy->setObjectName(QStringLiteral("ruleCopy"));
    m_save->setObjectName(QStringLiteral("ruleSave"));
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    for (FlatButton* button : {configuration, m_copy, m_save})
        buttons->addWidget(button);
    layout->addLayout(buttons);
    connect(cancel, &FlatButton::clicked, this, &QDialog::close);
    connect(configuration, &FlatButton::clicked, this, [this] {
        emit configurationWanted();
        close();
    });
    connect(m_copy, &FlatButton::clicked, this, [this] { emit copied(m_text->toPlainText()); });
    connect(m_save, &FlatButton::clicked, this, &RuleDialog::save);
    for (QLineEdit* field : {m_name, m_threshold, m_summary})
        connect(field, &QLineEdit::textChanged, this, &RuleDialog::showDraft);
    for (QComboBox* field : {m_kind, m_comparison, m_for, m_severity})
        connect(field, &QComboBox::currentIndexChanged, this, &RuleDialog::showDraft);
}

RuleDraft RuleDialog::draft() const
{
    return {.name = m_name->text().trimmed(),
            .expr = m_expr,
            .records = m_kind->currentData().toBool(),
            .comparison = m_comparison->currentText(),
            .threshold = m_threshold->text(),
            .forMs = m_for->currentData().toLongLong(),
            .severity = m_severity->currentData().toString(),
            .summary = m_summary->text()};
}

void RuleDialog::showDraft()
{
    const RuleDraft now = draft();
    for (QWidget* field :
         {static_cast<QWidget*>(m_comparison), static_cast<QWidget*>(m_threshold), static_cast<QWidget*>(m_for),
          static_cast<QWidget*>(m_severity), static_cast<QWidget*>(m_summary)})
        field->setEnabled(!now.records);
    m_text->setPlainText(ruleFileText(now));
    const QString problem = ruleProblem(now);
    m_say->setText(problem.isEmpty() ? tr("It is read once the configuration names the file under rule_files; "
                                          "`holdfast check rules FILE` checks it before.")
                                     : problem);
    m_copy->setEnabled(problem.isEmpty());
    m_save->setEnabled(problem.isEmpty());
}

void RuleDialog::save()
{
    auto* dialog = new QFileDialog(this, tr("Save the rule"), m_folder, tr("Rule files (*.yml *.yaml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(draft().name + QStringLiteral(".yml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QSaveFile file(path);
        const QByteArray text = m_text->toPlainText().toUtf8();
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
        m_say->setText(written ? tr("Saved. Name it under rule_files: %1").arg(path)
                               : tr("%1 cannot be written: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

}  // namespace holdfast::widgets
