#pragma once

#include "widgets/main_window/named_ranges.h"

#include <QFrame>
#include <QString>

#include <optional>

class QDateTimeEdit;
class QGridLayout;
class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
struct ViewContext;

/// The popup behind the range button: quick lengths, what happened, a field that reads ranges as people type them, the
/// last five of them, two calendars, and copy and paste in Grafana's form.
/// Deletes itself when closed. Thread: gui.
class RangePicker : public QFrame {
    Q_OBJECT

public:
    RangePicker(const ViewContext& context, QWidget* parent);

    void openBelow(QWidget* anchor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addQuick(QGridLayout& layout);
    void addNamed(QGridLayout& layout);
    void addDeploy(QGridLayout& layout);
    void addField(QGridLayout& layout);
    void addRecent(QGridLayout& layout);
    void addCalendars(QGridLayout& layout);
    void addClipboard(QGridLayout& layout);
    void show(const NamedRange& range);
    void take(const QString& text);
    void takeCalendars();
    /// When the last deploy was is asked for while the popup is open; nothing: none is known.
    void setDeploy(const std::optional<NamedRange>& deploy);
    /// Says below the field how what stands in it would be read.
    void preview(const QString& text);
    void complain(const QString& problem);

    const ViewContext& m_context;
    NamedRanges m_named;
    FlatButton* m_deploy;
    std::optional<NamedRange> m_sinceDeploy;
    bool m_deployKnown = false;   ///< the engine answered
    bool m_deployWanted = false;  ///< typed before it answered
    QDateTimeEdit* m_from;
    QDateTimeEdit* m_to;
    QLineEdit* m_field;
    RoleLabel* m_problem;
};

}  // namespace holdfast::widgets
