#pragma once

#include "widgets/client/service_page.h"
#include "widgets/view.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace holdfast::widgets {

class FlatButton;

/// The head of the service page: who it is, and its five numbers now, each with what it means. Thread: gui.
class KpiBar : public QWidget {
    Q_OBJECT

public:
    KpiBar(const ViewContext& context, QWidget* parent);

    void setPage(std::shared_ptr<const ServicePage> page);
    /// Which instance the lanes below are of; empty: all. The numbers here are always those of all.
    void setInstance(const QString& instance);

signals:
    /// For a menu of the instances.
    void instancesRequested(QWidget* anchor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Kpi {
        QString name;
        QString value;
        QString note;
        Severity severity = Severity::Normal;
        bool held = false;
        bool dim = false;
    };
    [[nodiscard]] std::vector<Kpi> kpis() const;
    void sayInstances();
    /// How large the numbers may be so that none of them is cut, px at 100 %.
    [[nodiscard]] int numberSize(const std::vector<Kpi>& all, int room) const;
    void paintKpi(QPainter& painter, const QRect& box, const Kpi& kpi, int size) const;

    const ViewContext m_context;
    std::shared_ptr<const ServicePage> m_page;
    FlatButton* m_instances;
    QString m_instance;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
