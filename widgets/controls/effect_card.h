#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/control.h"
#include "widgets/client/feed.h"
#include "widgets/controls/effect_rows.h"
#include "widgets/view.h"

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;

/// What an action does to the signals: before, now and a verdict for each, and what to do about it now. Five lines with
/// numbers, never one tick: from the first second, with verdicts as soon as there can be any. Once it was put back, the
/// card says so and tells what it did while it held. Thread: gui.
class EffectCard : public QWidget {
    Q_OBJECT

public:
    EffectCard(const ViewContext& context, QWidget* parent);

    /// lease  what is still held by it; without one only "Add to incident" is left to do
    void show(const Action& action, const QString& controlTitle, const std::optional<Lease>& lease);
    [[nodiscard]] std::int64_t actionId() const { return m_action.id; }
    /// The time since goes on; called each second.
    void tick();

signals:
    /// It was read; it need not be shown any longer.
    void kept(qint64 action);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void takeView();
    /// Title, span and words as of now.
    void say();
    [[nodiscard]] bool ended() const { return m_view && m_view->endedMs > 0; }
    void addToIncident();
    void fit();
    void showLock();
    [[nodiscard]] qint64 incident() const;

    const ViewContext m_context;
    Action m_action;
    QString m_title;
    std::optional<Lease> m_lease;
    Feed<EffectView> m_feed;
    std::optional<EffectView> m_view;  ///< of m_action; nothing before the first answer
    std::vector<EffectRow> m_rows;
    QString m_head;
    QString m_span;
    QString m_caution;
    std::int64_t m_saidOf = 0;
    QString m_said;  ///< what became of "Add to incident"
    RequestSlot m_noteSlot;
    FlatButton* m_keep;
    FlatButton* m_revert;
    FlatButton* m_extend;
    FlatButton* m_note;
};

}  // namespace holdfast::widgets
