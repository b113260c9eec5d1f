#pragma once

#include "widgets/attached/alert_rows.h"
#include "widgets/client/feed.h"
#include "widgets/view.h"

#include <QTimer>

namespace holdfast::widgets {

class FlatButton;
class ListHeader;
class RoleLabel;
class RowTable;
class StatePage;

/// In the place of incidents while the window looks at a foreign Prometheus: what its own rules say. Firing first, then
/// pending, then those that cannot be evaluated, then the quiet ones, because silence counts only where somebody
/// watches. Reading only. Thread: gui.
class AlertsView : public View {
    Q_OBJECT

public:
    AlertsView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void focusFilter() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void toggleAbnormal() override;
    void refreshNow() override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

private:
    void buildDetail();
    void showAlerts();
    void showDetail();
    void sayWhyEmpty();
    [[nodiscard]] bool matches(const PrometheusAlert& alert) const;
    [[nodiscard]] const PrometheusAlert* chosen() const;

    const ViewContext m_context;
    Feed<PrometheusAlerts> m_alerts;
    AlertModel* m_model;
    ListHeader* m_header;
    RowTable* m_table;
    StatePage* m_empty;
    QWidget* m_detail;
    RoleLabel* m_name = nullptr;
    RoleLabel* m_words = nullptr;
    FlatButton* m_service = nullptr;
    FlatButton* m_runbook = nullptr;
    QTimer m_second;
};

}  // namespace holdfast::widgets
