#include "widgets/explore/query_completer.h"

#include "widgets/client/json_fields.h"
#include "widgets/explore/completion_delegate.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QJsonArray>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QStandardItemModel>

#include <algorithm>
#include <iterator>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int pauseMs = 250;           // typing goes on below this; guessed
constexpr int fewestCharacters = 2;    // before metrics of the whole store are offered
constexpr qint64 helpGoodMs = 60'000;  // new metrics come with deploys
constexpr std::size_t mostOffered = 200;
constexpr int rowsShown = 12;
constexpr int widthPx = 620;

Result<QStringList> decodeNames(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return textList(root, "data");
}

/// "counter – requests served" by metric.
Result<QHash<QString, QString>> decodeMetadata(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    QHash<QString, QString> help;
    const QJsonObject metrics = root.value(QStringLiteral("data")).toObject();
    for (auto it = metrics.begin(); it != metrics.end(); ++it) {
        const QJsonObject first = it->toArray().at(0).toObject();
        QStringList parts{first.value(QStringLiteral("type")).toString(),
                          first.value(QStringLiteral("help")).toString().simplified()};
        parts.removeAll(QString());
        help.insert(it.key(), parts.join(QStringLiteral(" – ")));
    }
    return help;
}

/// A histogram's series have its name and an end.
QString helpOfMetric(const QHash<QString, QString>& help, const QString& name)
{
    if (const auto found = help.find(name); found != help.end())
        return *found;
    for (const char* end : {"_bucket", "_count", "_sum", "_total"}) {
        if (name.endsWith(QLatin1String(end)))
            return help.value(name.chopped(static_cast<qsizetype>(qstrlen(end))));
    }
    return {};
}

}  // namespace

QueryCompleter::QueryCompleter(ApiClient& api, const Theme& theme, QPlainTextEdit& editor)
    : QObject(&editor),
      m_api(api),
      m_editor(editor),
      m_completer(new QCompleter(this)),
      m_model(new QStandardItemModel(this)),
      m_language(languageWords())
{
    m_completer->setModel(m_model);
    m_completer->setWidget(&editor);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setMaxVisibleItems(rowsShown);
    m_completer->popup()->setItemDelegate(new CompletionDelegate(theme, this));
    m_completer->popup()->setObjectName(QStringLiteral("completions"));
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &QueryCompleter::insert);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &QueryCompleter::offer);
}

void QueryCompleter::offerSoon()
{
    m_pause.start();
}

void QueryCompleter::hide()
{
    m_pause.stop();
    m_slot.cancel();
    m_completer->popup()->hide();
}

bool QueryCompleter::visible() const
{
    return m_completer->popup()->isVisible();
}

void QueryCompleter::offer()
{
    m_place = completionPlace(m_editor.toPlainText(), m_editor.textCursor().position());
    const bool tooShort = m_place.kind == CompletionPlace::Kind::Name && m_place.prefix.size() < fewestCharacters;
    if (m_place.kind == CompletionPlace::Kind::None || tooShort) {
        m_completer->popup()->hide();
        return;
    }
    fetchHelp();
    fetchWords();
}

void QueryCompleter::fetchHelp()
{
    if (m_helpSlot.busy() || (m_helpAsked.isValid() && m_helpAsked.elapsed() < helpGoodMs))
        return;
    m_helpAsked.start();
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit_per_metric"), QStringLiteral("1"));
    m_api.get<MetricHelp>(m_helpSlot, QStringLiteral("/api/v1/metadata"), query, decodeMetadata,
                          [this](const Result<std::shared_ptr<const MetricHelp>>& answer) {
                              if (answer)
                                  m_help = *answer;
                          });
}

void QueryCompleter::fetchWords()
{
    QString path = QStringLiteral("/api/v1/label/__name__/values");
    if (m_place.kind == CompletionPlace::Kind::LabelName || m_place.kind == CompletionPlace::Kind::GroupLabel)
        path = QStringLiteral("/api/v1/labels");
    else if (m_place.kind == CompletionPlace::Kind::LabelValue)
        path = QStringLiteral("/api/v1/label/%1/values").arg(m_place.label);
    QUrlQuery query;
    if (m_place.kind != CompletionPlace::Kind::Name && !m_place.metric.isEmpty())
        query.addQueryItem(QStringLiteral("match[]"), m_place.metric);
    m_api.get<QStringList>(
        m_slot, path, query, decodeNames, [this](const Result<std::shared_ptr<const QStringList>>& answer) {
            const bool name = m_place.kind == CompletionPlace::Kind::Name;
            std::vector<CompletionWord> words = name ? m_language : std::vector<CompletionWord>();
            if (answer) {
                for (const QString& text : **answer)
                    words.push_back({text, name && m_help ? helpOfMetric(*m_help, text) : QString()});
            }
            show(std::move(words));
        });
}

void QueryCompleter::show(std::vector<CompletionWord> words)
{
    const QString& prefix = m_place.prefix;
    std::erase_if(words, [&](const CompletionWord& word) { return !word.text.contains(prefix, Qt::CaseInsensitive); });
    std::ranges::stable_partition(
        words, [&](const CompletionWord& word) { return word.text.startsWith(prefix, Qt::CaseInsensitive); });
    if (words.size() > mostOffered)
        words.resize(mostOffered);
    m_model->clear();
    for (const CompletionWord& word : words) {
        auto* item = new QStandardItem(word.text);
        item->setToolTip(word.help);
        item->setAccessibleDescription(word.help);
        m_model->appendRow(item);
    }
    const bool alreadyWhole = words.size() == 1 && words.front().text == prefix;
    if (words.empty() || alreadyWhole || !m_editor.hasFocus()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(prefix);
    QRect at = m_editor.cursorRect();
    at.setWidth(std::min(widthPx, m_editor.width()));
    m_completer->complete(at);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

QChar QueryCompleter::next() const
{
    return m_editor.document()->characterAt(m_editor.textCursor().position());
}

void QueryCompleter::insert(const QString& word)
{
    QTextCursor cursor = m_editor.textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor,
                        static_cast<int>(m_completer->completionPrefix().size()));
    cursor.insertText(word);
    m_editor.setTextCursor(cursor);
    const bool ends = next().isNull() || next().isSpace() || next() == QLatin1Char('}') || next() == QLatin1Char(',');
    // What must follow is written, too: a label wants a value, a value its closing quote.
    if (m_place.kind == CompletionPlace::Kind::LabelName && ends) {
        cursor.insertText(QStringLiteral("=\"\""));
        cursor.movePosition(QTextCursor::Left);
        m_editor.setTextCursor(cursor);
        m_pause.start();
    } else if (m_place.kind == CompletionPlace::Kind::LabelValue) {
        if (ends)
            cursor.insertText(QStringLiteral("\""));
        else if (next() == QLatin1Char('"'))
            cursor.movePosition(QTextCursor::Right);
        m_editor.setTextCursor(cursor);
    }
}

}  // namespace holdfast::widgets
