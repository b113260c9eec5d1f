#include "widgets/first_run/first_run_view.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/json_fields.h"
#include "widgets/first_run/probe_panel.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int pageWidth = 860;
constexpr int buttonWidth = 210;
constexpr qint64 firstSpanMs = 5 * 60'000;

}  // namespace

FirstRunView::FirstRunView(const ViewContext& context, QWidget* parent) : View(parent), m_context(context)
{
    const Theme& theme = context.theme;
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto* page = new QWidget(scroll);
    auto* centre = new QHBoxLayout(page);
    auto* body = new QWidget(page);
    const auto fit = [body, &theme] { body->setMaximumWidth(theme.px(pageWidth)); };
    fit();
    connect(&theme, &Theme::changed, body, fit);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(24, 20, 24, 12);
    layout->setSpacing(10);
    layout->addWidget(new RoleLabel(theme, TextRole::Headline, tr("Welcome to Holdfast"), body));
    auto* words = new RoleLabel(theme, TextRole::Secondary,
                                tr("The engine runs and reads nothing yet. Give it one address, and its service is on "
                                   "the screen ten seconds later; everything stays on this computer."),
                                body);
    words->setWordWrap(true);
    layout->addWidget(words);
    layout->addSpacing(12);
    m_panel = new ProbePanel(context.api, theme, body);
    layout->addWidget(m_panel);
    layout->addSpacing(14);
    buildOthers(layout);
    layout->addStretch(1);
    centre->addStretch(1);
    centre->addWidget(body, 100);
    centre->addStretch(1);
    scroll->setWidget(page);
    outer->addWidget(scroll);
    connect(m_panel, &ProbePanel::live, this, &FirstRunView::showLive);
    // What was found ends with the button that goes on: it must not lie below the edge.
    connect(m_panel, &ProbePanel::found, scroll, [this, scroll] { scroll->ensureWidgetVisible(m_panel, 0, 24); });
}

void FirstRunView::buildOthers(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    layout->addWidget(new RoleLabel(theme, TextRole::Title, tr("Or"), this));
    const auto add = [&](const QString& text, const QString& words, const char* name, auto act) {
        auto* row = new QHBoxLayout;
        row->setSpacing(12);
        auto* button = new FlatButton(theme, text, this);
        button->setObjectName(QLatin1String(name));
        button->setMinimumWidth(theme.px(buttonWidth));
        connect(button, &FlatButton::clicked, this, act);
        row->addWidget(button);
        auto* label = new RoleLabel(theme, TextRole::Secondary, words, this);
        label->setWordWrap(true);
        row->addWidget(label, 1);
        layout->addLayout(row);
    };
    add(tr("Import prometheus.yml…"), tr("Jobs, file discovery, relabeling and rules as they are; comments stay."),
        "importFile", [this] { askForFile(); });
    add(tr("Try the demo"),
        tr("A small shop of real services on this computer, with breakers to pull. Opens a window of its own."),
        "tryDemo", [this] { startDemo(); });
    m_said = new RoleLabel(theme, TextRole::Body, QString(), this);
    m_said->setObjectName(QStringLiteral("firstRunSaid"));
    m_said->setWordWrap(true);
    layout->addWidget(m_said);
}

void FirstRunView::activate()
{
    m_panel->urlField().setFocus();
    // A window that was closed here comes back here, perhaps to an engine that has targets by now.
    if (!m_context.link.status())
        connect(&m_context.link, &EngineLink::statusChanged, this, &FirstRunView::leaveIfNotNeeded,
                Qt::SingleShotConnection);
    else
        leaveIfNotNeeded();
}

void FirstRunView::leaveIfNotNeeded()
{
    const auto status = m_context.link.status();
    if (status && status->targets.total > 0)
        QTimer::singleShot(
            0, this, [this] { m_context.navigator.go({.view = QStringLiteral("fleet"), .service = {}, .item = {}}); });
}

void FirstRunView::focusFilter()
{
    m_panel->urlField().setFocus();
}

void FirstRunView::askForFile()
{
    auto* dialog =
        new QFileDialog(this, tr("Import prometheus.yml"), QDir::homePath(), tr("YAML (*.yml *.yaml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FirstRunView::importFile);
    dialog->open();
}

void FirstRunView::importFile(const QString& path)
{
    m_said->setRole(TextRole::Body);
    m_said->setText(tr("Reading %1…").arg(path));
    m_context.api.post<QJsonObject>(
        m_slot, QStringLiteral("/holdfast/v1/targets/import"), {{QStringLiteral("file"), path}}, jsonObject,
        [this](const Result<std::shared_ptr<const QJsonObject>>& answer) {
            if (!answer) {
                m_said->setRole(TextRole::Critical);
                m_said->setText(QString::fromStdString(answer.error().message));
                return;
            }
            m_said->setText(tr("%1 jobs taken over into %2.")
                                .arg((*answer)->value(QStringLiteral("jobs")).toInt())
                                .arg((*answer)->value(QStringLiteral("config_file")).toString()));
            m_panel->waitForData({});
        });
}

void FirstRunView::startDemo()
{
    const QStringList command = m_context.link.startCommand();
    const bool started = !command.isEmpty() && QProcess::startDetached(command.front(), {QStringLiteral("--demo")});
    m_said->setRole(started ? TextRole::Body : TextRole::Critical);
    m_said->setText(started ? tr("The demo is starting; its window comes in a few seconds.")
                            : tr("The demo could not be started here. In a terminal: holdfast --demo"));
}

void FirstRunView::showLive(const QString& job)
{
    m_context.time.setLive(firstSpanMs);
    m_context.fleet.refresh();
    m_context.navigator.go({.view = QStringLiteral("fleet"), .service = job, .item = {}});
}

FirstRunGate::FirstRunGate(const ViewContext& context, QObject* parent) : QObject(parent), m_context(context)
{
    connect(&context.link, &EngineLink::statusChanged, this, &FirstRunGate::look);
    connect(&context.fleet, &FeedBase::changed, this, &FirstRunGate::look);
}

void FirstRunGate::look()
{
    const auto status = m_context.link.status();
    const auto fleet = m_context.fleet.latest();
    if (!status || !fleet || m_context.link.readOnly())
        return;
    m_context.link.disconnect(this);  // once: who leaves the page has left it
    m_context.fleet.disconnect(this);
    // History that was imported is something to look at, too. The engine itself is always there.
    const bool onlyItself =
        std::all_of(fleet->services.begin(), fleet->services.end(),
                    [](const FleetService& service) { return service.name == QLatin1String("holdfast"); });
    if (status->targets.total == 0 && status->configFile.isEmpty() && onlyItself)
        m_context.navigator.go({.view = QStringLiteral("first_run"), .service = {}, .item = {}});
}

}  // namespace holdfast::widgets
