#pragma once

#include <QFrame>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

class QDateTimeEdit;
class QGridLayout;
class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;
class TimeCursor;

/// A range with a name of its own: an incident and what was around it.
struct NamedRange {
    QString name;
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    bool live = false;  ///< goes on with now
};

/// The popup behind the range button: quick lengths, what happened, a field that reads ranges as people type them, the
/// last five of them, two calendars, and copy and paste in Grafana's form.
/// Deletes itself when closed. Thread: gui.
class RangePicker : public QFrame {
    Q_OBJECT

public:
    RangePicker(const Theme& theme, TimeCursor& time, const std::vector<NamedRange>& named, QWidget* parent);

    void openBelow(QWidget* anchor);
    /// When the last deploy was is asked for while the popup is open; nothing: none is known.
    void setDeploy(const std::optional<NamedRange>& deploy);

private:
    void addQuick(QGridLayout& layout);
    void addNamed(QGridLayout& layout, const std::vector<NamedRange>& named);
    void addRecent(QGridLayout& layout);
    void addCalendars(QGridLayout& layout);
    void addClipboard(QGridLayout& layout);
    void show(const NamedRange& range);
    void take(const QString& text);
    void takeCalendars();
    void complain(const QString& problem);

    const Theme& m_theme;
    TimeCursor& m_time;
    FlatButton* m_deploy;
    std::optional<NamedRange> m_sinceDeploy;
    QDateTimeEdit* m_from;
    QDateTimeEdit* m_to;
    QLineEdit* m_field;
    RoleLabel* m_problem;
};

}  // namespace holdfast::widgets
