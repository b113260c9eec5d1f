#pragma once

#include "widgets/client/feed.h"
#include "widgets/client/incident_story.h"
#include "widgets/incidents/incident_rows.h"
#include "widgets/view.h"

class QLineEdit;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class IncidentPanel;
class RoleLabel;
class RowTable;
class ShelfPage;

/// Incidents as a list, by what state they are in; below it the chosen one with its whole story. A further tab shows
/// what is not told: shelved and standing alerts. Thread: gui.
class IncidentsView : public View {
    Q_OBJECT

public:
    IncidentsView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void focusFilter() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void refreshNow() override;
    bool pressKey(int key) override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildHead();
    void showList();
    void showShift();
    void showTabs();
    void showEmpty(const IncidentList* list);
    void choose(std::int64_t id);
    void openHandover();
    void reportByHand();
    [[nodiscard]] bool passes(const Incident& incident, int tab) const;

    const ViewContext m_context;
    Feed<IncidentList> m_all;
    Feed<Review> m_review;
    std::int64_t m_chosen = 0;
    bool m_chosenByHand = false;
    bool m_then = false;  // what is shown was known then, not now
    IncidentModel* m_listModel;
    QTabBar* m_scope = nullptr;
    QLineEdit* m_filter = nullptr;
    RoleLabel* m_shift = nullptr;
    FlatButton* m_report = nullptr;
    FlatButton* m_handover = nullptr;
    QStackedWidget* m_pages;
    RowTable* m_list = nullptr;
    RoleLabel* m_empty = nullptr;
    IncidentPanel* m_panel = nullptr;
    ShelfPage* m_shelves = nullptr;
};

}  // namespace holdfast::widgets
