#pragma once

#include "widgets/theme/flat_button.h"

class QAbstractScrollArea;

namespace holdfast::widgets {

/// Says at the lower edge of what scrolls that something worth seeing is out of sight below, and scrolls there. It lies
/// over the rows and moves none. Thread: gui.
class BelowHint : public FlatButton {
    Q_OBJECT

public:
    /// area  owns it
    BelowHint(const Theme& theme, QAbstractScrollArea* area);

    /// "2 abnormal below"; an empty text takes the hint away.
    void say(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QAbstractScrollArea* m_area;
};

}  // namespace holdfast::widgets
