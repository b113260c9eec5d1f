#include "widgets/incidents/report_dialog.h"

#include "widgets/incidents/report_pdf.h"
#include "widgets/incidents/report_preview.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPointer>
#include <QSaveFile>
#include <QSize>
#include <QTableWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t hourMs = 3'600'000;
constexpr QSize usualSize(1180, 760);
constexpr int redactionWidth = 300;
constexpr int exportDeadlineMs = 60'000;
constexpr std::array shifts{8, 12, 24};

Result<QByteArray> asIs(const QByteArray& body)
{
    return body;
}

Result<QString> asText(const QByteArray& body)
{
    return QString::fromUtf8(body);
}

Result<int> writeFile(const QByteArray& body, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit())
        return Error{(path + QStringLiteral(": ") + file.errorString()).toStdString(), ErrorKind::Failed};
    return 0;
}

}  // namespace

ReportDialog::ReportDialog(ApiClient& api, const Theme& theme, ReportSource source, std::int64_t nowMs, QWidget* parent)
    : QDialog(parent),
      m_api(api),
      m_theme(theme),
      m_source(std::move(source)),
      m_nowMs(nowMs),
      m_text(new ReportPreview(api.courier(), theme, this)),
      m_message(new RoleLabel(theme, TextRole::Secondary, QString(), this))
{
    setWindowTitle(m_source.shift ? tr("Handover") : tr("Export"));
    setObjectName(QStringLiteral("reportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setSizeGripEnabled(true);
    // As wide as the window allows: tables are what is to be read here.
    const QSize room = parent ? parent->window()->size() - QSize(80, 80) : usualSize;
    resize(usualSize.boundedTo(room).expandedTo(QSize(640, 480)));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto* title = new RoleLabel(theme, TextRole::Headline, m_source.title, this);
    title->setWordWrap(true);
    layout->addWidget(title);

    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(new RoleLabel(theme, TextRole::Secondary, tr("Format"), this));
    const auto format = [&](const QString& id, const QString& name, const QString& what) {
        auto* button = new FlatButton(theme, name, this);
        button->setCheckable(true);
        button->setObjectName(id);
        button->setToolTip(what);
        connect(button, &FlatButton::clicked, this, [this, id] { chooseFormat(id); });
        row->addWidget(button);
        m_formats.push_back(button);
    };
    format(QStringLiteral("md"), tr("Markdown"), tr("For a ticket or a wiki"));
    format(QStringLiteral("html"), tr("HTML"), tr("One file with its charts; needs no network and runs no script"));
    format(QStringLiteral("pdf"), tr("PDF"), tr("The same on A4 pages"));
    if (m_source.bundle)
        format(QStringLiteral("holdfast"), tr(".holdfast bundle"),
               tr("Samples and events; a colleague opens it with “holdfast serve --replay” and walks through it"));
    row->addStretch(1);
    layout->addLayout(row);
    if (m_source.shift)
        layout->addWidget(buildShift());

    auto* middle = new QHBoxLayout;
    middle->setSpacing(16);
    if (m_source.bundle) {
        QWidget* redaction = buildRedaction();
        redaction->setFixedWidth(redactionWidth);
        middle->addWidget(redaction);
    }
    m_text->setAccessibleName(tr("What it says"));
    m_text->setWords(tr("The engine writes it…"));
    middle->addWidget(m_text, 1);
    layout->addLayout(middle, 1);

    m_message->setWordWrap(true);
    layout->addWidget(m_message);
    auto* buttons = new QHBoxLayout;
    auto* copy = new FlatButton(theme, tr("Copy as Markdown"), this);
    connect(copy, &FlatButton::clicked, this, &ReportDialog::copyMarkdown);
    buttons->addWidget(copy);
    buttons->addStretch(1);
    auto* close = new FlatButton(theme, tr("Close"), this);
    close->setKeyHint(tr("Esc"));
    connect(close, &FlatButton::clicked, this, &QDialog::reject);
    buttons->addWidget(close);
    auto* saveButton = new FlatButton(theme, tr("Save…"), this, ButtonLook::Filled);
    saveButton->setObjectName(QStringLiteral("saveReport"));
    connect(saveButton, &FlatButton::clicked, this, &ReportDialog::askForFile);
    buttons->addWidget(saveButton);
    layout->addLayout(buttons);
    chooseFormat(m_format);
    preview();
}

QWidget* ReportDialog::buildShift()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(new RoleLabel(m_theme, TextRole::Secondary, tr("Shift"), box));
    for (const int hours : shifts) {
        auto* button = new FlatButton(m_theme, tr("last %1 h").arg(hours), box);
        button->setCheckable(true);
        button->setChecked(hours == m_hours);
        connect(button, &FlatButton::clicked, this, [this, hours] {
            m_hours = hours;
            for (std::size_t i = 0; i < m_shifts.size(); ++i)
                m_shifts[i]->setChecked(shifts[i] == hours);
            preview();
        });
        row->addWidget(button);
        m_shifts.push_back(button);
    }
    row->addStretch(1);
    return box;
}

QWidget* ReportDialog::buildRedaction()
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(new RoleLabel(m_theme, TextRole::Title, tr("Take out"), box));
    auto* row = new QHBoxLayout;
    const auto check = [&](const QString& id, const QString& name) {
        auto* one = new QCheckBox(name, box);
        one->setObjectName(id);
        connect(one, &QCheckBox::toggled, this, [this] { preview(); });
        row->addWidget(one);
        m_redact.push_back(one);
    };
    check(QStringLiteral("people"), tr("people"));
    check(QStringLiteral("hosts"), tr("hosts"));
    check(QStringLiteral("tokens"), tr("tokens"));
    row->addStretch(1);
    layout->addLayout(row);
    m_pattern = new QLineEdit(box);
    m_pattern->setPlaceholderText(tr("and what matches this pattern (RE2)"));
    m_pattern->setAccessibleName(tr("Pattern of what is taken out"));
    connect(m_pattern, &QLineEdit::editingFinished, this, [this] { preview(); });
    layout->addWidget(m_pattern);
    m_replacedWords = new RoleLabel(m_theme, TextRole::Secondary, QString(), box);
    m_replacedWords->setWordWrap(true);
    layout->addWidget(m_replacedWords);
    m_replaced = new QTableWidget(0, 3, box);
    m_replaced->setObjectName(QStringLiteral("replacements"));
    m_replaced->setAccessibleName(tr("What is replaced"));
    m_replaced->setHorizontalHeaderLabels({tr("Text"), tr("becomes"), tr("Times")});
    m_replaced->verticalHeader()->hide();
    m_replaced->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_replaced->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_replaced->setShowGrid(false);
    m_replaced->setEditTriggers(QTableWidget::NoEditTriggers);
    m_replaced->setSelectionMode(QTableWidget::NoSelection);
    layout->addWidget(m_replaced, 100);
    layout->addStretch(1);  // while nothing is replaced
    return box;
}

void ReportDialog::chooseFormat(const QString& format)
{
    m_format = format;
    for (FlatButton* button : m_formats)
        button->setChecked(button->objectName() == format);
}

QUrlQuery ReportDialog::question(const QString& format) const
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("format"), format);
    if (m_source.shift) {
        query.addQueryItem(QStringLiteral("start"), QString::number(m_nowMs - m_hours * hourMs));
        query.addQueryItem(QStringLiteral("end"), QString::number(m_nowMs));
    }
    QStringList kinds;
    for (const QCheckBox* one : m_redact) {
        if (one->isChecked())
            kinds << one->objectName();
    }
    if (!kinds.isEmpty())
        query.addQueryItem(QStringLiteral("redact"), kinds.join(QLatin1Char(',')));
    if (m_pattern && !m_pattern->text().isEmpty())
        query.addQueryItem(QStringLiteral("pattern"), QString::fromUtf8(QUrl::toPercentEncoding(m_pattern->text())));
    return query;
}

void ReportDialog::preview()
{
    m_api.get<QString>(
        m_textSlot, m_source.path, question(QStringLiteral("md")), asText,
        [this](const Result<std::shared_ptr<const QString>>& answer) {
            if (answer)
                m_text->setMarkdown(**answer);
            else
                m_text->setWords(QString::fromStdString(answer.error().message));
        },
        exportDeadlineMs);
    if (m_source.bundle)
        previewReplacements();
}

void ReportDialog::previewReplacements()
{
    QUrlQuery query = question(QStringLiteral("md"));
    if (!query.hasQueryItem(QStringLiteral("redact")) && !query.hasQueryItem(QStringLiteral("pattern"))) {
        m_replacedSlot.cancel();
        showReplacements({});
        return;
    }
    query.addQueryItem(QStringLiteral("preview"), QStringLiteral("1"));
    m_api.get<ReplacementList>(m_replacedSlot, m_source.path, query, decodeReplacements,
                               [this](const Result<std::shared_ptr<const ReplacementList>>& answer) {
                                   if (answer)
                                       showReplacements(**answer);
                                   else
                                       m_replacedWords->setText(QString::fromStdString(answer.error().message));
                               });
}

void ReportDialog::showReplacements(const ReplacementList& list)
{
    const bool asked =
        m_pattern && (question(m_format).hasQueryItem(QStringLiteral("redact")) || !m_pattern->text().isEmpty());
    m_replacedWords->setText(!asked ? tr("Nothing is taken out: names, hosts and addresses are in it as they are.")
                             : list.replacements.empty()
                                 ? tr("Nothing in it matches: it is the same with and without.")
                                 : tr("%1 texts are replaced, everywhere the same way:").arg(list.replacements.size()));
    m_replaced->setRowCount(static_cast<int>(list.replacements.size()));
    for (int row = 0; row < m_replaced->rowCount(); ++row) {
        const Replacement& one = list.replacements[static_cast<std::size_t>(row)];
        m_replaced->setItem(row, 0, new QTableWidgetItem(one.text));
        m_replaced->setItem(row, 1, new QTableWidgetItem(one.with));
        m_replaced->setItem(row, 2, new QTableWidgetItem(QString::number(one.times)));
    }
    m_replaced->resizeColumnToContents(1);
    m_replaced->resizeColumnToContents(2);
    m_replaced->setVisible(!list.replacements.empty());
}

void ReportDialog::askForFile()
{
    const QString name = m_source.fileName + QLatin1Char('.') + m_format;
    auto* dialog = new QFileDialog(this, tr("Save the report"), QString(), QStringLiteral("*.%1").arg(m_format));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_format);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { save(m_format, file); });
    dialog->open();
}

void ReportDialog::save(const QString& format, const QString& file)
{
    const bool pdf = format == QLatin1String("pdf");
    say(tr("Writing…"), false);
    const QString title = m_source.title;
    // Decoded, printed and written on the worker; only the sentence comes back.
    m_api.get<QString>(
        m_saveSlot, m_source.path, question(pdf ? QStringLiteral("html") : format),
        [pdf, file, title](const QByteArray& body) -> Result<QString> {
            HF_TRY(const int pages, pdf ? printReport(body, title, file) : writeFile(body, file));
            return pdf ? tr("Saved %1 pages as %2.").arg(pages).arg(file) : tr("Saved as %1.").arg(file);
        },
        [this, file](const Result<std::shared_ptr<const QString>>& answer) {
            if (answer) {
                say(**answer, false);
                emit saved(file);
            } else {
                say(QString::fromStdString(answer.error().message), true);
            }
        },
        exportDeadlineMs);
}

void ReportDialog::copyMarkdown()
{
    m_api.get<QByteArray>(
        m_saveSlot, m_source.path, question(QStringLiteral("md")), asIs,
        [this](const Result<std::shared_ptr<const QByteArray>>& answer) {
            if (!answer) {
                say(QString::fromStdString(answer.error().message), true);
                return;
            }
            QApplication::clipboard()->setText(QString::fromUtf8(**answer));
            say(tr("It is on the clipboard as Markdown."), false);
        },
        exportDeadlineMs);
}

void ReportDialog::say(const QString& text, bool problem)
{
    m_message->setRole(problem ? TextRole::Critical : TextRole::Secondary);
    m_message->setText(text);
}

}  // namespace holdfast::widgets
