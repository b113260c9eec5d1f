#pragma once

#include <QFrame>

class QLineEdit;

namespace holdfast::widgets {

class RoleLabel;
class Theme;
class TimeCursor;

/// The popup behind the range button: quick lengths and a field that reads ranges as people type them.
/// Deletes itself when closed. Thread: gui.
class RangePicker : public QFrame {
    Q_OBJECT

public:
    RangePicker(const Theme& theme, TimeCursor& time, QWidget* parent);

    void openBelow(QWidget* anchor);

private:
    void typed();

    TimeCursor& m_time;
    QLineEdit* m_field;
    RoleLabel* m_problem;
};

}  // namespace holdfast::widgets
