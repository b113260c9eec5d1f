#pragma once

#include "widgets/client/feed.h"
#include "widgets/client/incident_story.h"
#include "widgets/table/row_model.h"

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class RowTable;
struct ViewContext;

/// What is not told and why: alerts a person shelved, with their end, and alerts that fire for more than a day and
/// belong to no incident any more. Thread: gui.
class ShelfPage : public QWidget {
    Q_OBJECT

public:
    ShelfPage(const ViewContext& context, QWidget* parent);

    void setActive(bool active);
    void refresh();
    [[nodiscard]] std::size_t shelved() const;
    [[nodiscard]] std::size_t standing() const;

signals:
    void changed();

private:
    void show();
    void end(std::int64_t id);
    void shelve(const IncidentSignal& alert);

    const ViewContext& m_context;
    Feed<ShelfList> m_shelves;
    Feed<StandingList> m_standing;
    RequestSlot m_slot;
    RowModel<Shelf>* m_shelfModel;
    RowModel<IncidentSignal>* m_standingModel;
    RoleLabel* m_shelfWords;
    RoleLabel* m_standingWords;
    RoleLabel* m_message;
    RowTable* m_shelfTable;
    RowTable* m_standingTable;
};

/// Asks how long and why, then shelves `alert` of `service`; 4 h at most.
void askToShelve(const ViewContext& context, RequestSlot& slot, const QString& alert, const QString& service,
                 std::function<void()> done, QWidget* parent);

}  // namespace holdfast::widgets
