#pragma once

#include "widgets/client/feed.h"
#include "widgets/incidents/incident_rows.h"
#include "widgets/view.h"

class QLineEdit;
class QTabBar;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class IncidentLanes;
class RoleLabel;
class RowTable;
class TimelineList;

/// Recent incidents as a list; below it the chosen one: its signals and evidence on the left, its timeline on the
/// right, with what one does to an incident: acknowledge, note, resolve, export. Thread: gui.
class IncidentsView : public View {
    Q_OBJECT

public:
    IncidentsView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void refreshNow() override;
    bool pressKey(int key) override;
    [[nodiscard]] bool painted() const override;

private:
    void buildList(QVBoxLayout* layout);
    void buildDetail(QVBoxLayout* layout);
    QWidget* buildStory();
    QWidget* buildTimeline();
    void showList();
    void showDetail();
    void choose(std::int64_t id);
    /// Sets the window's range to the incident's time.
    void showSpan();
    void acknowledge();
    void resolve();
    void sendNote();
    void change(const QString& what, QJsonObject body);
    void copyMarkdown();
    void saveMarkdown();
    void fetchMarkdown(std::function<void(const QByteArray&)> then);
    void say(const QString& text);
    void complain(const Error& error);

    const ViewContext m_context;
    Feed<IncidentList> m_all;
    Feed<IncidentDetail> m_detail;
    RequestSlot m_changeSlot;
    RequestSlot m_exportSlot;
    std::int64_t m_chosen = 0;
    bool m_chosenByHand = false;
    IncidentModel* m_listModel;
    SignalModel* m_signalModel;
    QTabBar* m_scope = nullptr;
    RowTable* m_list = nullptr;
    RoleLabel* m_empty = nullptr;
    QWidget* m_detailBox = nullptr;
    RoleLabel* m_title = nullptr;
    RoleLabel* m_subtitle = nullptr;
    RoleLabel* m_message = nullptr;
    RoleLabel* m_evidence = nullptr;
    FlatButton* m_ack = nullptr;
    FlatButton* m_resolve = nullptr;
    FlatButton* m_export = nullptr;
    RowTable* m_signals = nullptr;
    IncidentLanes* m_lanes = nullptr;
    TimelineList* m_timeline = nullptr;
    QLineEdit* m_note = nullptr;
};

}  // namespace holdfast::widgets
