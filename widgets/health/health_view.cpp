#include "widgets/health/health_view.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/stall_watch.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QPointer>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QStorageInfo>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int askEveryMs = 3000;
constexpr int copiedMs = 2000;  // how long the button says that it did
constexpr int labelWidth = 190;
constexpr int twoColumnsFrom = 1100;
const QString ownSeries = QStringLiteral("{__name__=~\"holdfast_.+\",job=\"holdfast\"}");
const QString growth = QStringLiteral("deriv(holdfast_store_file_bytes{job=\"holdfast\"}[30m])");

/// What the engine's computer knows of the store's disk. The worker asks it: a disk may not answer.
struct DiskFacts {
    double freeBytes = -1;
    QString logFile;
};

DiskFacts readDisk(const QString& store)
{
    DiskFacts facts;
    const QStorageInfo disk(QFileInfo(store).absolutePath());
    if (QFileInfo::exists(store) && disk.isValid())
        facts.freeBytes = static_cast<double>(disk.bytesAvailable());
    const QString log = store + QStringLiteral(".log");  // as `holdfast` names it when it starts an engine
    if (QFileInfo::exists(log))
        facts.logFile = log;
    return facts;
}

/// A state's shape before a line, so that it is not told by colour alone.
class Mark : public QWidget {
public:
    Mark(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {}
    void set(Severity severity)
    {
        m_severity = severity;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(14), m_theme.px(14)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (m_severity == Severity::Normal)
            return;
        QPainter painter(this);
        const double size = m_theme.px(11);
        drawSeverity(painter, QRectF(0, 2, size, size), m_severity, m_theme.tokens());
    }

private:
    const Theme& m_theme;
    Severity m_severity = Severity::Normal;
};

}  // namespace

HealthView::HealthView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_summary(new RoleLabel(context.theme, TextRole::Secondary, QString(), this)),
      m_copy(new FlatButton(context.theme, tr("Copy diagnosis"), this)),
      m_scroll(new QScrollArea(this))
{
    m_copy->setIconName(QStringLiteral("copy"));
    m_copy->setToolTip(tr("This page as text, for a ticket"));
    m_copy->setObjectName(QStringLiteral("copyDiagnosis"));
    auto* address = new FlatButton(context.theme, tr("Copy API address"), this);
    m_summary->setObjectName(QStringLiteral("healthSummary"));
    m_summary->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new RoleLabel(context.theme, TextRole::Headline, tr("Holdfast's own health"), this));
    head->addWidget(m_summary, 1);
    head->addWidget(address);
    head->addWidget(m_copy);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_scroll->setAccessibleName(tr("Health"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(m_scroll, 1);
    setFocusProxy(m_scroll);
    setTabOrder(address, m_copy);
    setTabOrder(m_copy, m_scroll);
    m_copy->setKeyHint(QStringLiteral("Ctrl+C"));
    connect(m_copy, &FlatButton::clicked, this, &HealthView::copyDiagnosis);
    connect(address, &FlatButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_context.link.publicUrl().toString()); });
    m_timer.setInterval(askEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &HealthView::ask);
}

void HealthView::activate()
{
    connect(&m_context.link, &EngineLink::statusChanged, this, &HealthView::showReport, Qt::UniqueConnection);
    connect(&m_context.link, &EngineLink::stateChanged, this, &HealthView::showReport, Qt::UniqueConnection);
    m_timer.start();
    ask();
    showReport();
}

void HealthView::deactivate()
{
    disconnect(&m_context.link, nullptr, this, nullptr);
    m_timer.stop();
}

void HealthView::refreshNow()
{
    ask();
}

void HealthView::ask()
{
    if (!m_context.link.connected())
        return;
    ApiClient& api = m_context.api;
    const std::int64_t now = m_context.link.engineNowMs();
    api.get<OwnRules>(m_rulesSlot, QStringLiteral("/api/v1/rules"), {}, decodeOwnRules, [this](const auto& answer) {
        if (answer)
            m_known.rules = **answer;
    });
    api.get<ReceiverList>(m_receiverSlot, QStringLiteral("/holdfast/v1/notifications"), {}, decodeReceivers,
                          [this](const auto& answer) {
                              if (answer)
                                  m_known.receivers = **answer;
                          });
    api.get<QString>(m_retentionSlot, QStringLiteral("/api/v1/status/runtimeinfo"), {}, decodeRetention,
                     [this](const auto& answer) {
                         if (answer)
                             m_known.retention = **answer;
                     });
    api.query(m_numberSlot, ownSeries, now, [this](const auto& answer) {
        if (answer)
            m_known.numbers = ownNumbers(**answer);
        showReport();
    });
    api.query(m_growthSlot, growth, now, [this](const auto& answer) {
        if (answer && !(*answer)->series.empty() && !(*answer)->series.front().values.empty())
            m_known.growthPerS = (*answer)->series.front().values.back();
    });
    askDisk();
}

void HealthView::askDisk()
{
    const auto status = m_context.link.status();
    if (!status || status->store.file.isEmpty())
        return;
    [[maybe_unused]] const bool taken = m_context.api.courier().run(
        [file = status->store.file, view = QPointer<HealthView>(this)]() -> Courier::Delivery {
            const DiskFacts disk = readDisk(file);
            return [disk, view] {
                if (!view)
                    return;
                view->m_known.logFile = disk.logFile;
                view->m_known.diskFreeBytes = disk.freeBytes < 0 ? std::nullopt : std::optional<double>(disk.freeBytes);
            };
        });
}

HealthFacts HealthView::facts() const
{
    HealthFacts all = m_known;
    const EngineLink& link = m_context.link;
    all.link = link.state();
    all.linkSinceMs = link.sinceMs();
    all.linkDetail = link.detail();
    all.nowMs = link.presentMs();
    all.status = link.status();
    all.apiAddress = link.publicUrl().toString();
    if (m_context.stalls) {
        all.stalls = m_context.stalls->stalls();
        all.longestStallMs = m_context.stalls->longestMs();
    }
    return all;
}

void HealthView::showReport()
{
    m_sections = healthReport(facts());
    QString shape;
    for (const HealthSection& section : m_sections) {
        shape += section.title + QLatin1Char('\n');
        for (const HealthRow& row : section.rows)
            shape += row.label + QLatin1Char('\t') + row.view + QLatin1Char('\n');
    }
    if (shape != m_shape) {
        m_shape = shape;
        build();
    }
    fill();
    m_shown = m_context.link.status() != nullptr;
}

void HealthView::build()
{
    const int scrolledTo = m_scroll->verticalScrollBar() ? m_scroll->verticalScrollBar()->value() : 0;
    m_lines.clear();
    auto* page = new QWidget(m_scroll);
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(0, 0, 12, 0);
    columns->setSpacing(40);
    std::array<QVBoxLayout*, 2> column{new QVBoxLayout, new QVBoxLayout};
    const bool two = width() >= m_context.theme.px(twoColumnsFrom);
    for (QVBoxLayout* one : column) {
        one->setSpacing(4);
        if (one == column[0] || two)
            columns->addLayout(one, 1);
    }
    if (!two)
        delete std::exchange(column[1], column[0]);
    const std::size_t half = (m_sections.size() + 1) / 2;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        QVBoxLayout* into = column[i < half ? 0 : 1];
        const HealthSection& section = m_sections[i];
        into->addWidget(new RoleLabel(m_context.theme, TextRole::Title, section.title, page));
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(10);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(2, 1);
        for (int row = 0; row < static_cast<int>(section.rows.size()); ++row) {
            const HealthRow& entry = section.rows[static_cast<std::size_t>(row)];
            auto* mark = new Mark(m_context.theme, page);
            Line line{.mark = mark,
                      .label = new RoleLabel(m_context.theme, TextRole::Secondary, entry.label, page),
                      .value = new RoleLabel(m_context.theme, TextRole::Body, QString(), page)};
            line.label->setMinimumWidth(m_context.theme.px(labelWidth));
            line.label->setMaximumWidth(m_context.theme.px(labelWidth));
            line.label->setWordWrap(true);
            line.value->setWordWrap(true);
            line.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
            // A button is taller than a line of text: what stands beside it goes to its middle.
            const Qt::Alignment at = entry.view.isEmpty() ? Qt::AlignTop : Qt::AlignVCenter;
            grid->addWidget(mark, row, 0, at);
            grid->addWidget(line.label, row, 1, at);
            grid->addWidget(line.value, row, 2, at);
            if (!entry.view.isEmpty()) {
                auto* more = new FlatButton(m_context.theme, tr("Open"), page, ButtonLook::Quiet);
                more->setAccessibleName(tr("Open the page of %1").arg(entry.label));
                connect(more, &FlatButton::clicked, this, [this, view = entry.view] {
                    m_context.navigator.go({.view = view, .service = {}, .item = {}});
                });
                grid->addWidget(more, row, 3, at);
            }
            m_lines.push_back(line);
        }
        into->addLayout(grid);
        into->addSpacing(14);
    }
    column[0]->addStretch(1);
    if (two)
        column[1]->addStretch(1);
    m_scroll->setWidget(page);
    m_scroll->verticalScrollBar()->setValue(scrolledTo);
}

void HealthView::fill()
{
    std::size_t next = 0;
    for (const HealthSection& section : m_sections) {
        for (const HealthRow& row : section.rows) {
            const Line& line = m_lines[next++];
            static_cast<Mark*>(line.mark)->set(row.severity);
            if (line.value->text() != row.value)
                line.value->setText(row.value);
            line.value->setRole(row.severity == Severity::Normal ? TextRole::Body : TextRole::Strong);
        }
    }
    m_summary->setText(healthSummary(m_sections));
}

void HealthView::copyDiagnosis()
{
    QGuiApplication::clipboard()->setText(healthText(m_sections));
    m_copy->setText(tr("Copied"));
    m_copy->updateGeometry();
    QTimer::singleShot(copiedMs, m_copy, [copy = m_copy] {
        copy->setText(tr("Copy diagnosis"));
        copy->updateGeometry();
    });
}

void HealthView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copyDiagnosis();
    else
        View::keyPressEvent(event);
}

void HealthView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    const int limit = m_context.theme.px(twoColumnsFrom);
    if (!m_lines.empty() && (event->oldSize().width() >= limit) != (width() >= limit)) {
        build();
        fill();
    }
}

}  // namespace holdfast::widgets
