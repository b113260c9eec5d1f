#pragma once

#include "widgets/view.h"

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// What one works with below the lanes: what the pins and the marked span say at the left, and at the right what can be
/// done with them, with the comparison and with the page. Thread: gui.
class LaneBar : public QWidget {
    Q_OBJECT

public:
    LaneBar(const ViewContext& context, QWidget* parent);

    /// "vs yesterday"; empty: nothing is compared.
    void setCompareText(const QString& text);
    void setBaselineShown(bool shown);
    /// An effect is drawn; the button ends it.
    void setEffectText(const QString& text);

    /// What went wrong, until the pins or the span change.
    void say(const QString& problem);

signals:
    void compareRequested(QWidget* anchor);
    void baselineRequested();
    void baselineEnded();
    void noteRequested();
    void effectEnded();
    void tableRequested();
    void pictureRequested();

private:
    void showState();

    const ViewContext m_context;
    RoleLabel* m_text;
    FlatButton* m_zoom;
    FlatButton* m_baseline;
    FlatButton* m_note;
    FlatButton* m_clear;
    FlatButton* m_effect;
    FlatButton* m_compare;
    FlatButton* m_table;
    FlatButton* m_picture;
    bool m_baselineShown = false;
};

}  // namespace holdfast::widgets
