#pragma once

#include "widgets/client/api_client.h"
#include "widgets/health/health_report.h"
#include "widgets/view.h"

#include <QTimer>

#include <vector>

class QScrollArea;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// How Holdfast itself is: engine, collecting, rules, store, overload, breakers and queues, notifications, this
/// window. What is wrong is said first, in one line; each line with a page leads to it. Thread: gui.
class HealthView : public View {
    Q_OBJECT

public:
    HealthView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void refreshNow() override;
    [[nodiscard]] bool painted() const override { return m_shown; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void copyDiagnosis();

    struct Line {
        QWidget* mark = nullptr;
        RoleLabel* label = nullptr;
        RoleLabel* value = nullptr;
    };
    void ask();
    void askDisk();
    void showReport();
    void build();
    void fill();
    [[nodiscard]] HealthFacts facts() const;

    const ViewContext m_context;
    HealthFacts m_known;  ///< what was answered; the rest is added when it is shown
    std::vector<HealthSection> m_sections;
    QString m_shape;  ///< of what is built: titles and labels
    std::vector<Line> m_lines;
    bool m_shown = false;
    RoleLabel* m_summary;
    FlatButton* m_copy;
    QScrollArea* m_scroll;
    RequestSlot m_rulesSlot;
    RequestSlot m_receiverSlot;
    RequestSlot m_numberSlot;
    RequestSlot m_growthSlot;
    RequestSlot m_retentionSlot;
    QTimer m_timer;
};

}  // namespace holdfast::widgets
