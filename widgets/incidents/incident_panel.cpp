#include "widgets/incidents/incident_panel.h"

#include "widgets/controls/action_runner.h"
#include "widgets/incidents/cards.h"
#include "widgets/incidents/incident_lanes.h"
#include "widgets/incidents/pick_dialog.h"
#include "widgets/incidents/timeline_list.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QCheckBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr qint64 storyMs = 15'000;  // effects come a minute after what caused them

enum Page { StoryPage, SignalPage, EffectPage, SimilarPage };

QStringList noteWords()
{
    QStringList words;
    for (const char* word : {"impact", "hypothesis", "decision", "action", "deploy", "who", "link", "followup"})
        words << QLatin1Char('/') + QLatin1String(word) + QLatin1Char(' ');
    return words;
}

}  // namespace

IncidentPanel::IncidentPanel(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_detail(
          context.api, context.link, decodeIncident,
          [this] {
              return Feed<IncidentDetail>::Ask{
                  m_id == 0 ? QString() : QStringLiteral("/holdfast/v1/incidents/%1").arg(m_id), {}};
          },
          {QStringLiteral("incident"), QStringLiteral("action")}, 5'000, nullptr),
      m_signalModel(makeSignalModel([&link = context.link] { return link.engineNowMs(); }, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    buildHead(layout);
    auto* splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    auto* left = new QWidget(splitter);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 12, 0);
    leftLayout->setSpacing(4);
    m_tabs = new QTabBar(left);
    m_tabs->setObjectName(QStringLiteral("incidentTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int i = 0; i <= SimilarPage; ++i)
        m_tabs->addTab(QString());
    leftLayout->addWidget(m_tabs);
    m_pages = new QStackedWidget(left);
    leftLayout->addWidget(m_pages, 1);
    m_pages->addWidget(buildStory());
    m_pages->addWidget(buildSignals());
    m_effects = new Cards(context.theme, tr("Effects of changes"), m_pages);
    m_pages->addWidget(m_effects);
    m_similar = new Cards(context.theme, tr("Similar incidents"), m_pages);
    connect(m_similar, &Cards::incidentChosen, this, &IncidentPanel::incidentChosen);
    m_pages->addWidget(m_similar);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    splitter->addWidget(left);
    splitter->addWidget(buildTimeline());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter, 1);
    connect(&m_detail, &FeedBase::changed, this, &IncidentPanel::showDetail);
    connect(&context.replay, &Replay::stateChanged, this, &IncidentPanel::showDetail);
    connect(&context.actions.acting(), &Acting::changed, this, &IncidentPanel::showLock);
    showLock();
    showTabs();
}

QWidget* IncidentPanel::buildStory()
{
    auto* area = new QScrollArea(m_pages);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* story = new QWidget(area);
    auto* layout = new QVBoxLayout(story);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Title, tr("Evidence for the origin"), story));
    row->addStretch(1);
    m_originButton = new FlatButton(m_context.theme, tr("Set origin…"), story);
    connect(m_originButton, &FlatButton::clicked, this, &IncidentPanel::setOrigin);
    row->addWidget(m_originButton);
    layout->addLayout(row);
    m_evidence = new RoleLabel(m_context.theme, TextRole::Body, QString(), story);
    m_evidence->setWordWrap(true);
    m_evidence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_evidence);
    m_suggestion = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), story);
    m_suggestion->setWordWrap(true);
    layout->addWidget(m_suggestion);
    m_lanes = new IncidentLanes(m_context.api, {m_context.theme, m_context.time, m_context.api.courier()}, story);
    layout->addWidget(m_lanes);
    layout->addStretch(1);
    area->setWidget(story);
    return area;
}

QWidget* IncidentPanel::buildSignals()
{
    auto* box = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_flood = new RoleLabel(m_context.theme, TextRole::Strong, QString(), box);
    m_flood->setWordWrap(true);
    layout->addWidget(m_flood);
    m_signals = new RowTable(m_context.theme, tr("Signals of the incident"), box);
    m_signals->setModel(m_signalModel);
    m_signals->setStretchColumn(2);
    connect(m_signals, &RowTable::rowOpened, this, [this](const QModelIndex& index) {
        m_context.navigator.go({QStringLiteral("service"), m_signalModel->row(index.row()).service, {}});
    });
    connect(m_signals, &RowTable::buttonClicked, this,
            [this](const QModelIndex& index, int button) { onSignalButton(index.row(), button); });
    layout->addWidget(m_signals, 1);
    return box;
}

QWidget* IncidentPanel::buildTimeline()
{
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(12, 4, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(new RoleLabel(m_context.theme, TextRole::Title, tr("Timeline (newest last)"), side));
    head->addStretch(1);
    m_starredOnly = new QCheckBox(tr("★ only"), side);
    m_starredOnly->setObjectName(QStringLiteral("starredOnly"));
    connect(m_starredOnly, &QCheckBox::toggled, this, [this](bool only) { m_timeline->setStarredOnly(only); });
    head->addWidget(m_starredOnly);
    layout->addLayout(head);
    m_timeline = new TimelineList(m_context.theme, side);
    connect(m_timeline, &TimelineList::starToggled, this, &IncidentPanel::star);
    connect(m_timeline, &TimelineList::editRequested, this, &IncidentPanel::editNote);
    connect(m_timeline, &TimelineList::instantChosen, this, [this](qint64 ms) {
        if (m_context.replay.on())
            m_context.replay.seek(ms);
    });
    layout->addWidget(m_timeline, 1);
    auto* row = new QHBoxLayout;
    m_note = new QLineEdit(side);
    m_note->setObjectName(QStringLiteral("incidentNote"));
    m_note->setPlaceholderText(tr("Note: what you saw, did, decided.  /impact /deploy /decision …"));
    m_note->setAccessibleName(tr("Note to the timeline"));
    auto* completer = new QCompleter(noteWords(), m_note);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    m_note->setCompleter(completer);
    connect(m_note, &QLineEdit::returnPressed, this, &IncidentPanel::sendNote);
    row->addWidget(m_note, 1);
    m_send = new FlatButton(m_context.theme, tr("Add"), side);
    connect(m_send, &FlatButton::clicked, this, &IncidentPanel::sendNote);
    row->addWidget(m_send);
    layout->addLayout(row);
    return side;
}

void IncidentPanel::setIncident(std::int64_t id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_message->hide();
    m_similarList.reset();
    m_effectList.clear();
    m_meant.clear();
    m_detail.clear();
    m_detail.refresh();
    askStory();
}

void IncidentPanel::setActive(bool active)
{
    m_detail.setActive(active);
    m_meant.clear();
    if (active) {
        m_lanes->start();
        askStory();
    } else {
        m_lanes->stop();
    }
}

void IncidentPanel::refresh()
{
    m_detail.refresh();
    askStory();
}

void IncidentPanel::forget()
{
    m_detail.clear();
    m_timeline->setEvents({});
    m_signalModel->setRows({});
    m_effectList.clear();
    showTabs();
}

void IncidentPanel::askStory()
{
    if (m_id == 0 || !m_context.link.connected())
        return;
    m_storyAsked.start();
    m_context.api.get<SimilarList>(m_similarSlot, QStringLiteral("/holdfast/v1/incidents/%1/similar").arg(m_id), {},
                                   decodeSimilar, [this](const Result<std::shared_ptr<const SimilarList>>& answer) {
                                       if (answer)
                                           m_similarList = *answer;
                                       showTabs();
                                   });
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("200"));
    m_context.api.get<EffectList>(m_effectSlot, QStringLiteral("/holdfast/v1/effects"), query, decodeEffects,
                                  [this](const Result<std::shared_ptr<const EffectList>>& answer) {
                                      m_effectList.clear();
                                      if (answer)
                                          std::ranges::copy_if((*answer)->effects, std::back_inserter(m_effectList),
                                                               [this](const ChangeEffect& e) {
                                                                   return e.incident == m_id
                                                                          && e.ofMs <= m_context.link.engineNowMs();
                                                               });
                                      std::ranges::stable_sort(m_effectList, {}, &ChangeEffect::ofMs);
                                      showTabs();
                                  });
}

void IncidentPanel::showTabs()
{
    const auto counted = [](const QString& title, std::size_t count) {
        return count == 0 ? title : QStringLiteral("%1  %2").arg(title).arg(count);
    };
    const std::size_t similar = m_similarList ? m_similarList->similar.size() : 0;
    m_tabs->setTabText(StoryPage, tr("Story"));
    m_tabs->setTabText(SignalPage, counted(tr("Signals"), static_cast<std::size_t>(m_signalModel->rowCount())));
    m_tabs->setTabText(EffectPage, counted(tr("What changes did"), m_effectList.size()));
    m_tabs->setTabText(SimilarPage, counted(tr("Similar"), similar));
    if (m_effectList.empty())
        m_effects->setWords(tr("No action, deploy or restart was measured in this incident. After an action its effect "
                               "is compared with the ten minutes before; the verdict comes a minute later."));
    else
        m_effects->setEffects(m_effectList);
    if (!m_similarList)
        m_similar->setWords(tr("Looking for incidents like this one…"));
    else if (similar == 0)
        m_similar->setWords(tr("No earlier incident has the same origin or the same breakers."));
    else
        m_similar->setSimilar(m_similarList->similar, m_context.link.engineNowMs());
}

void IncidentPanel::meanOrigin(const Incident& incident)
{
    const QString meant = QStringLiteral("%1 %2").arg(incident.id).arg(incident.origin);
    if (incident.origin.isEmpty() || !isVisible() || std::exchange(m_meant, meant) == meant)
        return;
    m_context.navigator.selectService(incident.origin);
}

/// The first alert of the origin says that it is that.
std::vector<Event> IncidentPanel::withOrigin(std::vector<Event> timeline, const QString& origin)
{
    const auto first = std::ranges::find_if(timeline, [&](const Event& event) {
        return event.kind == QLatin1String("alert_on") && event.service == origin;
    });
    if (first != timeline.end())
        first->text += tr("  ←\u00a0origin");
    return timeline;
}

void IncidentPanel::showDetail()
{
    const auto detail = m_detail.latest();
    if (const auto& error = m_detail.error()) {
        // Before it was opened it is not known: that is what replay is to show.
        say(m_context.replay.on() && error->kind == ErrorKind::NotFound
                ? tr("Not known yet at %1.").arg(timeText(m_context.replay.atMs(), m_context.replay.atMs()))
                : QString::fromStdString(error->message),
            true);
    } else if (m_message->property("fromFeed").toBool()) {
        m_message->hide();
    }
    m_message->setProperty("fromFeed", m_detail.error().has_value());
    if (!detail || detail->incident.id != m_id)
        return;
    showHead(detail->incident);
    QString evidence;
    for (const QString& line : detail->evidence)
        evidence += QStringLiteral("• %1\n").arg(line);
    m_evidence->setText(evidence.isEmpty() ? tr("Nothing points to one origin yet.") : evidence.trimmed());
    m_suggestion->setText(detail->suggestion);
    m_suggestion->setVisible(!detail->suggestion.isEmpty());
    meanOrigin(detail->incident);
    m_flood->setVisible(detail->incident.flood);
    m_flood->setText(tr("Flood: %1 signals. Look at the origin %2 first; the others follow from it.")
                         .arg(detail->incident.signalCount)
                         .arg(detail->incident.origin));
    m_signalModel->setRows(detail->signalList);
    m_lanes->setLanes(detail->lanes);
    m_lanes->setEvents(detail->timeline);
    m_timeline->setEvents(withOrigin(detail->timeline, detail->incident.origin));
    showTabs();
    if (!m_storyAsked.isValid() || m_storyAsked.elapsed() > storyMs)
        askStory();
}

}  // namespace holdfast::widgets
