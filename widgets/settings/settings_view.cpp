#include "widgets/settings/settings_view.h"

#include "widgets/client/engine_link.h"
#include "widgets/navigator.h"
#include "widgets/settings/config_editor.h"
#include "widgets/settings/config_page.h"
#include "widgets/settings/general_page.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int listWidth = 190;
constexpr int rowHeight = 30;

QScrollArea* scrolled(QWidget* page, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(page);
    return area;
}

}  // namespace

SettingsView::SettingsView(const ViewContext& context, QWidget* parent)
    : View(parent), m_context(context), m_list(new QListWidget(this)), m_stack(new QStackedWidget(this))
{
    m_list->setObjectName(QStringLiteral("settingsPages"));
    m_list->setAccessibleName(tr("Pages of the settings"));
    m_list->setFrameShape(QFrame::NoFrame);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(24);
    middle->addWidget(m_list);
    middle->addWidget(m_stack, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(10);
    layout->addWidget(new RoleLabel(context.theme, TextRole::Headline, tr("Settings"), this));
    layout->addLayout(middle, 1);
    setFocusProxy(m_list);

    if (context.preferences)
        addPage(QStringLiteral("general"), tr("General"),
                new GeneralPage(context.theme, *context.preferences, m_stack));
    if (!context.link.readOnly()) {
        addConfigPages();
        m_editor = new ConfigEditor(context, m_stack);
        addPage(QStringLiteral("file"), tr("Configuration file"), m_editor);
        connect(m_editor, &ConfigEditor::textRead, this, &SettingsView::showText);
        connect(m_editor, &ConfigEditor::told, this, [this](const QString& text, bool problem) {
            if (ConfigPage* page = std::exchange(m_asking, nullptr))
                page->sayOfValues(text, problem);
        });
    }
    addAbout();
    const auto fit = [this] {
        m_list->setFixedWidth(m_context.theme.px(listWidth));
        for (int row = 0; row < m_list->count(); ++row)
            m_list->item(row)->setSizeHint({listWidth, m_context.theme.px(rowHeight)});
    };
    connect(&context.theme, &Theme::changed, this, fit);
    fit();
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_list->setCurrentRow(0);
}

void SettingsView::addPage(const QString& id, const QString& title, QWidget* page)
{
    auto* item = new QListWidgetItem(QStringLiteral("  ") + title, m_list);
    item->setData(Qt::UserRole, id);
    m_stack->addWidget(id == QLatin1String("file") ? page : scrolled(page, m_stack));
}

void SettingsView::addConfigPages()
{
    const auto add = [this](const QString& id, const QString& title, const QString& remark, std::vector<ConfigKey> keys,
                            std::vector<ConfigField> fields = {}) {
        auto* page = new ConfigPage(m_context.theme, remark, std::move(fields), std::move(keys), m_stack);
        page->setMissing(tr("Reading the configuration…"));
        connect(page, &ConfigPage::saveWanted, this, [this, page](const ConfigValues& values) {
            m_asking = page;
            m_editor->setValues(values);
        });
        connect(page, &ConfigPage::editWanted, this, &SettingsView::editAt);
        m_configPages.push_back(page);
        addPage(id, title, page);
    };
    add(QStringLiteral("collection"), tr("Collection"),
        tr("What is scraped, how often, and how long it is kept. The store's retention is taken at the engine's start; "
           "everything else at once after a reload."),
        {{QStringLiteral("global"), tr("Intervals"), tr("every 1 min, with a timeout of 10 s, as Prometheus does")},
         {QStringLiteral("holdfast.storage"), tr("Store"), tr("15 days are kept, whatever their size")},
         {QStringLiteral("scrape_configs"), tr("Jobs"), tr("nothing is scraped")},
         {QStringLiteral("remote_write"), tr("Passed on to"), tr("nobody")}},
        {{QStringLiteral("global.scrape_interval"), tr("Scrape every"), QStringLiteral("1m")},
         {QStringLiteral("global.scrape_timeout"), tr("Give a target up after"), QStringLiteral("10s")},
         {QStringLiteral("global.evaluation_interval"), tr("Evaluate rules every"), QStringLiteral("1m")},
         {QStringLiteral("holdfast.storage.retention"), tr("Keep samples for"), QStringLiteral("15d")},
         {QStringLiteral("holdfast.storage.retention_size"), tr("Store at most"), tr("as much as it takes")}});
    add(QStringLiteral("services"), tr("Services"),
        tr("What is known of services beyond their metrics: tier, other names, what they depend on, objectives, "
           "ceilings "
           "and what users get instead."),
        {{QStringLiteral("holdfast.services"), tr("Services"), tr("what the metrics tell is all that is known")},
         {QStringLiteral("holdfast.signal_profiles"), tr("Profiles"), tr("the built-in conventions only")}});
    add(QStringLiteral("controls"), tr("Controls"),
        tr("Groups of breakers, flags and actions, how they are reached, who must agree, and how long they may hold. "
           "Secrets are named here, never written: token_file, token_env or token_keyring."),
        {{QStringLiteral("holdfast.controls"), tr("Control groups"), tr("nothing can be acted upon")}});
    add(QStringLiteral("rules"), tr("Rules"),
        tr("Files of recording and alerting rules, and whether the built-in ones are loaded. Failing rules stand on "
           "Holdfast's own health page."),
        {{QStringLiteral("rule_files"), tr("Rule files"), tr("none")},
         {QStringLiteral("holdfast.default_rules"), tr("Built-in rules"), tr("they are loaded")}},
        {{QStringLiteral("holdfast.default_rules"), tr("Load the built-in rules"), QStringLiteral("true")},
         {QStringLiteral("global.evaluation_interval"), tr("Evaluate rules every"), QStringLiteral("1m")}});
    add(QStringLiteral("notifications"), tr("Notifications"),
        tr("Whom the engine tells. This window and the desktop are told in any case."),
        {{QStringLiteral("holdfast.notify"), tr("Receivers"), tr("none")},
         {QStringLiteral("alerting"), tr("Alertmanagers"), tr("none")}});
    add(QStringLiteral("security"), tr("Security"),
        tr("Who acts stands in every record. Changes need the token that the engine makes at each start and keeps in a "
           "file that only you may read; others may only read, at the address on the health page. `holdfast serve` "
           "listens to other computers only with --listen and --insecure-listen."),
        {{QStringLiteral("holdfast.operator"), tr("Who acts"), tr("the user of this computer")},
         {QStringLiteral("holdfast.environment"), tr("Environment"), tr("LOCAL")}},
        {{QStringLiteral("holdfast.operator"), tr("Who acts"), tr("the user of this computer")},
         {QStringLiteral("holdfast.environment"), tr("Environment"), tr("LOCAL")}});
    add(QStringLiteral("deploys"), tr("Deploy events"),
        tr("Deploys come by POST /holdfast/v1/events, also as GitHub's and GitLab's webhooks come, or from a file that "
           "is watched."),
        {{QStringLiteral("holdfast.deploys"), tr("Watched file"), tr("none is watched")}});
}

void SettingsView::addAbout()
{
    auto* page = new QWidget(m_stack);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto say = [&](TextRole role, const QString& text) {
        auto* label = new RoleLabel(m_context.theme, role, text, page);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(label);
        return label;
    };
    say(TextRole::Title, tr("Holdfast"));
    auto* version = say(TextRole::Body, QString());
    const auto tellVersion = [this, version] {
        const auto status = m_context.link.status();
        version->setText(tr("Engine %1 · window built with Qt %2, runs with %3")
                             .arg(status ? status->version : tr("not reached"), QStringLiteral(QT_VERSION_STR),
                                  QLatin1String(qVersion())));
    };
    connect(&m_context.link, &EngineLink::statusChanged, version, tellVersion);
    tellVersion();
    say(TextRole::Body,
        tr("Cockpit for the person on call. Free software under the GNU General Public License, version "
           "3 or later. There is no warranty."));
    layout->addSpacing(10);
    say(TextRole::Strong, tr("What it is built on"));
    say(TextRole::Secondary,
        tr("Qt Widgets, Network, SVG, D-Bus (LGPL 3) and Charts (GPL 3) · SQLite (public domain) · libcurl (curl) · "
           "libmicrohttpd (LGPL 2.1) · yaml-cpp (MIT) · nlohmann-json (MIT) · CLI11 (BSD 3) · RE2 (BSD 3) · "
           "libdeflate (MIT) · Zstandard (BSD 3) · Snappy (BSD 3) · prometheus-cpp (MIT)"));
    layout->addSpacing(10);
    if (!m_context.link.attached()) {
        say(TextRole::Secondary, tr("For a ticket: the whole state of Holdfast as text stands on its health page."));
        auto* health = new FlatButton(m_context.theme, tr("Holdfast's own health"), page);
        connect(health, &FlatButton::clicked, this,
                [this] { m_context.navigator.go({.view = QStringLiteral("health"), .service = {}, .item = {}}); });
        layout->addWidget(health);
    }
    layout->addStretch(1);
    addPage(QStringLiteral("about"), tr("About"), page);
}

void SettingsView::activate()
{
    if (m_editor)
        m_editor->watch(true);
    const auto status = m_context.link.status();
    if (status && status->configFile.isEmpty()) {
        for (ConfigPage* page : m_configPages)
            page->setMissing(tr("This engine runs without a configuration file, with built-in values. Start it with "
                                "holdfast serve --config FILE to change them."));
    }
}

void SettingsView::deactivate()
{
    if (m_editor)
        m_editor->watch(false);
}

void SettingsView::placeChanged()
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == m_context.navigator.place().item)
            m_list->setCurrentRow(row);
    }
}

void SettingsView::moveSelection(int rows)
{
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + rows, 0, m_list->count() - 1));
}

void SettingsView::editAt(int line)
{
    m_list->setCurrentRow(m_stack->indexOf(m_editor));
    m_editor->goToLine(line);
}

void SettingsView::showText(const ConfigText& text)
{
    for (ConfigPage* page : m_configPages)
        page->setText(text);
}

}  // namespace holdfast::widgets
