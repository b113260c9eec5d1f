#include "widgets/first_run/probe_panel.h"

#include "widgets/client/target.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int probeDeadlineMs = 20'000;  // three addresses of five seconds, and some
constexpr int pollMs = 400;
constexpr int intervalS = 5;
constexpr qint64 patienceMs = 20'000;

/// ✓ or ▲, drawn: not every font has them.
class Mark : public QWidget {
public:
    Mark(const Theme& theme, bool found, QWidget* parent) : QWidget(parent), m_theme(theme), m_found(found)
    {
        setFixedSize(16, 18);
        setAccessibleName(found ? ProbePanel::tr("found") : ProbePanel::tr("missing"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (!m_found) {
            painter.setPen(QPen(m_theme.tokens().textTertiary, 1.6));
            painter.drawLine(QPointF(4, 9), QPointF(11, 9));
            return;
        }
        painter.setPen(QPen(m_theme.tokens().text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF({{3, 9.5}, {6.3, 13}, {12, 5}}));
    }

private:
    const Theme& m_theme;
    const bool m_found;
};

}  // namespace

ProbePanel::ProbePanel(ApiClient& api, const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_api(api),
      m_theme(theme),
      m_url(new QLineEdit(this)),
      m_test(new FlatButton(theme, tr("Test"), this, ButtonLook::Filled)),
      m_status(new RoleLabel(theme, TextRole::Body, QString(), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, tr("Where are the metrics?"), this));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_url->setObjectName(QStringLiteral("probeUrl"));
    m_url->setPlaceholderText(QStringLiteral("http://host:port/metrics"));
    m_url->setAccessibleName(tr("Address of the metrics"));
    m_url->setMinimumHeight(30);
    m_url->setClearButtonEnabled(true);
    row->addWidget(m_url, 1);
    m_test->setObjectName(QStringLiteral("probeTest"));
    m_test->setKeyHint(QStringLiteral("Enter"));
    row->addWidget(m_test);
    layout->addLayout(row);
    m_status->setObjectName(QStringLiteral("probeStatus"));
    m_status->setWordWrap(true);
    layout->addWidget(m_status);
    buildResult(layout);
    say(tr("One endpoint that Prometheus could read is enough; host:port will do. Nothing is stored by the test."));
    m_test->setEnabled(false);
    connect(m_url, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_test->setEnabled(!text.trimmed().isEmpty());
        m_result->hide();
        emit failed();
    });
    connect(m_url, &QLineEdit::returnPressed, this, &ProbePanel::test);
    connect(m_test, &FlatButton::clicked, this, &ProbePanel::test);
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &ProbePanel::look);
}

void ProbePanel::buildResult(QVBoxLayout* layout)
{
    m_result = new QWidget(this);
    auto* column = new QVBoxLayout(m_result);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(8);
    m_found = new RoleLabel(m_theme, TextRole::Title, QString(), m_result);
    m_found->setObjectName(QStringLiteral("probeFound"));
    m_found->setWordWrap(true);
    column->addWidget(m_found);
    auto* grid = new QWidget(m_result);
    m_signals = new QVBoxLayout(grid);
    m_signals->setContentsMargins(0, 0, 0, 0);
    m_signals->setSpacing(2);
    column->addWidget(grid);
    m_later =
        new RoleLabel(m_theme, TextRole::Secondary,
                      tr("Its breakers are read only for now. What may be pulled from here is set up later, under "
                         "Settings, Controls."),
                      m_result);
    m_later->setObjectName(QStringLiteral("probeControls"));
    m_later->setWordWrap(true);
    column->addWidget(m_later);
    m_naming = new QWidget(m_result);
    auto* naming = new QHBoxLayout(m_naming);
    naming->setContentsMargins(0, 6, 0, 0);
    naming->setSpacing(8);
    m_nameLabel = new RoleLabel(m_theme, TextRole::Secondary, QString(), m_naming);
    m_nameLabel->setElided(true);
    naming->addWidget(m_nameLabel);
    m_name = new QLineEdit(m_naming);
    m_name->setObjectName(QStringLiteral("probeName"));
    m_name->setAccessibleName(tr("Name of the service"));
    m_name->setMinimumWidth(m_theme.px(140));
    m_name->setMaximumWidth(m_theme.px(220));
    m_name->setMinimumHeight(28);
    naming->addWidget(m_name);
    naming->addStretch(1);
    m_start = new FlatButton(m_theme, tr("Start – see data in 10 s"), m_naming, ButtonLook::Filled);
    m_start->setObjectName(QStringLiteral("probeStart"));
    naming->addWidget(m_start);
    column->addWidget(m_naming);
    layout->addWidget(m_result);
    m_result->hide();
    connect(m_start, &FlatButton::clicked, this, &ProbePanel::start);
    connect(m_name, &QLineEdit::returnPressed, this, &ProbePanel::start);
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_start->setEnabled(!text.trimmed().isEmpty()); });
}

void ProbePanel::setUrl(const QString& url)
{
    m_url->setText(url);
    test();
}

void ProbePanel::say(const QString& words)
{
    m_status->setRole(TextRole::Secondary);
    m_status->setText(words);
}

void ProbePanel::setBusy(bool busy)
{
    m_test->setEnabled(!busy && !m_url->text().trimmed().isEmpty());
    m_start->setEnabled(!busy && !m_name->text().trimmed().isEmpty());
}

void ProbePanel::test()
{
    if (m_url->text().trimmed().isEmpty())
        return;
    m_result->hide();
    setBusy(true);
    say(tr("Reading %1 once…").arg(m_url->text().trimmed()));
    m_api.post<ProbeAnswer>(
        m_slot, QStringLiteral("/holdfast/v1/probe"), {{QStringLiteral("url"), m_url->text().trimmed()}}, decodeProbe,
        [this](const Result<std::shared_ptr<const ProbeAnswer>>& answer) {
            setBusy(false);
            if (answer) {
                show(**answer);
                return;
            }
            m_status->setRole(TextRole::Critical);
            m_status->setText(QString::fromStdString(answer.error().message));
        },
        probeDeadlineMs);
}

void ProbePanel::show(const ProbeAnswer& answer)
{
    m_answer = answer;
    if (!answer.readable()) {
        m_status->setRole(TextRole::Critical);
        m_status->setText(answer.errorWords.isEmpty() ? answer.error : answer.errorWords);
        return;
    }
    say(tr("Read %1").arg(answer.url));
    m_found->setText(foundText(answer));
    m_later->setVisible(!answer.breakers.isEmpty());
    showSignals(answer);
    m_nameLabel->setText(
        answer.services.isEmpty()
            ? tr("Name of the service")
            : tr("Services: %1   Name of the job").arg(answer.services.mid(0, 6).join(QStringLiteral(", "))));
    m_name->setText(answer.services.size() == 1 ? answer.services.front() : answer.job);
    m_result->show();
    m_start->setFocus();
    QTimer::singleShot(0, this, &ProbePanel::found);  // once it is laid out
}

void ProbePanel::showSignals(const ProbeAnswer& answer)
{
    while (QLayoutItem* item = m_signals->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const bool found : {true, false}) {
        for (const ProbeSignal& signal : answer.signalList) {
            if (signal.found != found)
                continue;
            auto* line = new QWidget(m_result);
            auto* row = new QHBoxLayout(line);
            row->setContentsMargins(0, 0, 0, 0);
            row->setSpacing(6);
            row->addWidget(new Mark(m_theme, found, line), 0, Qt::AlignTop);
            auto* name =
                new RoleLabel(m_theme, found ? TextRole::Strong : TextRole::Secondary, signalName(signal.id), line);
            name->setFixedWidth(m_theme.px(90));
            row->addWidget(name, 0, Qt::AlignTop);
            QString what = signal.gap;
            if (found) {
                what = signal.metrics.mid(0, 3).join(QStringLiteral(", "));
                if (signal.metrics.size() > 3)
                    what += tr(" and %1 more").arg(signal.metrics.size() - 3);
            }
            auto* text = new RoleLabel(m_theme, TextRole::Secondary, what, line);
            text->setWordWrap(true);
            text->setTextInteractionFlags(Qt::TextSelectableByMouse);
            row->addWidget(text, 1);
            m_signals->addWidget(line);
        }
    }
}

void ProbePanel::start()
{
    m_job = m_name->text().trimmed();
    if (m_job.isEmpty() || !m_answer.readable())
        return;
    setBusy(true);
    say(tr("Writing it into the configuration…"));
    const QJsonObject body{{QStringLiteral("url"), m_answer.url},
                           {QStringLiteral("job"), m_job},
                           {QStringLiteral("interval_s"), intervalS}};
    m_api.post<QByteArray>(
        m_slot, QStringLiteral("/holdfast/v1/targets/add"), body,
        [](const QByteArray& answer) -> Result<QByteArray> { return answer; },
        [this](const Result<std::shared_ptr<const QByteArray>>& answer) {
            setBusy(false);
            if (answer) {
                waitForData(m_job);
                return;
            }
            m_status->setRole(TextRole::Critical);
            m_status->setText(QString::fromStdString(answer.error().message));
            emit failed();
        });
}

void ProbePanel::waitForData(const QString& job)
{
    m_job = job;
    m_waiting.start();
    setBusy(true);
    m_poll.start();
    look();
}

void ProbePanel::look()
{
    if (m_slot.busy())
        return;
    const QString left = durationText(m_waiting.elapsed() / 1'000 * 1'000);
    say(tr("Waiting for the first scrape… %1").arg(left));
    m_api.get<TargetList>(
        m_slot, QStringLiteral("/holdfast/v1/targets"), {}, decodeTargets,
        [this](const Result<std::shared_ptr<const TargetList>>& answer) {
            if (!m_poll.isActive())
                return;
            const Target* mine = nullptr;
            if (answer) {
                for (const Target& target : (*answer)->targets) {
                    const bool is = m_job.isEmpty()
                                    || (target.job == m_job && (m_answer.url.isEmpty() || target.url == m_answer.url));
                    // Of several imported ones, one that is up is data.
                    if (is && (!mine || target.health == QLatin1String("up")))
                        mine = &target;
                }
            }
            if (mine && mine->health == QLatin1String("up")) {
                m_poll.stop();
                setBusy(false);
                say(tr("Live: %1 samples.").arg(mine->samples));
                emit live(m_job);
                return;
            }
            if (mine && mine->lastScrapeMs == 0 && !m_scrapeSlot.busy()) {
                m_api.post<QByteArray>(
                    m_scrapeSlot, QStringLiteral("/holdfast/v1/targets/scrape"),
                    {{QStringLiteral("job"), mine->job}, {QStringLiteral("instance"), mine->instance}},
                    [](const QByteArray& body) -> Result<QByteArray> { return body; },
                    [](const Result<std::shared_ptr<const QByteArray>>&) {});
            }
            if (m_waiting.elapsed() < patienceMs)
                return;
            m_poll.stop();
            setBusy(false);
            m_status->setRole(TextRole::Critical);
            m_status->setText(mine && !mine->errorWords.isEmpty()
                                  ? mine->errorWords
                                  : tr("No scrape has come back yet. The page Targets shows how it goes on."));
            emit failed();
        });
}

}  // namespace holdfast::widgets
