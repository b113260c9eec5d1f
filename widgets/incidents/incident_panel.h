#pragma once

#include "widgets/client/feed.h"
#include "widgets/client/incident_story.h"
#include "widgets/incidents/incident_rows.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace holdfast::widgets {

class Cards;
class FlatButton;
class IncidentLanes;
class PickDialog;
class RoleLabel;
class RowTable;
class TimelineList;
struct Choice;
struct ViewContext;

/// One incident with its whole story, and everything one does to an incident. Everything that is done goes to the
/// engine; the panel shows what the engine then says. Thread: gui.
class IncidentPanel : public QWidget {
    Q_OBJECT

public:
    IncidentPanel(const ViewContext& context, QWidget* parent);

    /// 0: none.
    void setIncident(std::int64_t id);
    void setActive(bool active);
    void refresh();
    /// What is shown belongs to another time: nothing stands there until the engine answered anew.
    void forget();
    /// Those one may merge with.
    void setOthers(std::vector<Incident> others) { m_others = std::move(others); }
    [[nodiscard]] bool loaded() const { return m_detail.latest() != nullptr; }
    [[nodiscard]] bool pressKey(int key);
    /// Enter: the page of the origin.
    void openOrigin();

    void acknowledge();
    void replay();
    void exportReport();

signals:
    /// The engine took a change: lists are to be read again.
    void changed();
    void incidentChosen(qint64 id);

private:
    void buildHead(QVBoxLayout* layout);
    QWidget* buildStory();
    QWidget* buildSignals();
    QWidget* buildTimeline();
    void showDetail();
    [[nodiscard]] static std::vector<Event> withOrigin(std::vector<Event> timeline, const QString& origin);
    void showHead(const Incident& incident);
    /// What acts can be pressed where anything may be changed, whether or not an incident is shown yet.
    void showLock();
    /// Act here turns to its origin, once for each incident and origin: who then selects something else keeps that.
    void meanOrigin(const Incident& incident);
    void showTabs();
    void askStory();
    void openMore();
    void mitigated();
    void merge();
    void split();
    void severity();
    void setOrigin();
    void shelve(const IncidentSignal& signal);
    void showSpan();
    void sendNote();
    void star(const Event& event);
    void editNote(const Event& event);
    void onSignalButton(int row, int button);
    PickDialog* ask(const QString& title, const QString& words, const std::vector<Choice>& choices, bool reason,
                    const QString& deed);
    /// Posts and reads again; `done` runs when the engine took it.
    void change(const QString& path, QJsonObject body, std::function<void()> done = {}, PickDialog* dialog = nullptr);
    [[nodiscard]] QString door(const char* what) const;
    void say(const QString& text, bool problem);

    const ViewContext& m_context;
    Feed<IncidentDetail> m_detail;
    RequestSlot m_changeSlot;
    RequestSlot m_similarSlot;
    RequestSlot m_effectSlot;
    RequestSlot m_shelfSlot;
    std::int64_t m_id = 0;
    bool m_isNew = false;  ///< nobody has acknowledged it
    QString m_meant;       ///< incident and origin that were selected
    std::vector<Incident> m_others;
    std::shared_ptr<const SimilarList> m_similarList;
    QElapsedTimer m_storyAsked;
    std::vector<ChangeEffect> m_effectList;
    SignalModel* m_signalModel;
    RoleLabel* m_title = nullptr;
    RoleLabel* m_subtitle = nullptr;
    RoleLabel* m_message = nullptr;
    RoleLabel* m_suggestion = nullptr;
    RoleLabel* m_evidence = nullptr;
    FlatButton* m_ack = nullptr;
    FlatButton* m_noteButton = nullptr;
    FlatButton* m_mitigated = nullptr;
    FlatButton* m_merge = nullptr;
    FlatButton* m_split = nullptr;
    FlatButton* m_export = nullptr;
    FlatButton* m_replay = nullptr;
    FlatButton* m_more = nullptr;
    FlatButton* m_originButton = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    RowTable* m_signals = nullptr;
    RoleLabel* m_flood = nullptr;
    IncidentLanes* m_lanes = nullptr;
    Cards* m_effects = nullptr;
    Cards* m_similar = nullptr;
    TimelineList* m_timeline = nullptr;
    QCheckBox* m_starredOnly = nullptr;
    QLineEdit* m_note = nullptr;
    FlatButton* m_send = nullptr;
};

}  // namespace holdfast::widgets
