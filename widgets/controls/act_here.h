#pragma once

#include "widgets/client/action.h"
#include "widgets/client/control.h"
#include "widgets/client/feed.h"
#include "widgets/table/kept_order.h"

#include <QScrollArea>
#include <QSet>
#include <QTimer>

#include <vector>

class QVBoxLayout;

namespace holdfast::widgets {

class BelowHint;
class ControlCard;
class EffectCard;
class FlatButton;
class RoleLabel;
struct ViewContext;

/// The panel at the right: what one can do about the service in view, and what is in force on it. Never more than one
/// click from a chart. Cards are sorted when the service is chosen or a page entered, in force and abnormal first, and
/// stay where they are: nothing moves under the pointer because a state changed; what comes into force out of sight is
/// told at the lower edge. What the newest action did stands at the foot of the panel, where it covers no card and
/// moves none. As wide as its texts need, at most a good two fifths of the window. Thread: gui.
class ActHere : public QScrollArea {
    Q_OBJECT

public:
    ActHere(const ViewContext& context, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    /// Those of the service, in the order they have had since it was chosen; new ones at the end.
    [[nodiscard]] std::vector<const Control*> inKeptOrder(std::vector<const Control*> here, const QString& service);
    void showControls(const std::vector<const Control*>& controls);
    void showEffect();
    [[nodiscard]] std::vector<const Action*> effectsToShow() const;
    [[nodiscard]] const Control* controlOf(const Action& action) const;
    void placeFoot();
    /// The width that goes with the size of texts and the window.
    void fitWidth();
    /// How many cards in force or abnormal are out of sight.
    void showBelow();
    /// A card grew by so much: what is under the pointer stays under it.
    void keepPlace(const ControlCard& card, int by);
    void armOrDisarm();

    const ViewContext& m_context;
    RoleLabel* m_title;
    RoleLabel* m_note;
    FlatButton* m_arm;
    QVBoxLayout* m_cards;
    QWidget* m_foot;
    bool m_footInside = false;  ///< too high to stand still: it scrolls below the cards
    RoleLabel* m_effectTitle;
    Feed<ActionList> m_actions;
    std::vector<ControlCard*> m_shown;
    EffectCard* m_effect;
    QSet<qint64> m_kept;  ///< actions whose effect was read
    BelowHint* m_below = nullptr;
    QString m_orderedFor;  // service and page
    KeptOrder m_order;
    QString m_group;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
