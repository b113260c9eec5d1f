#pragma once

#include <QWidget>

namespace holdfast::widgets {

class RoleLabel;
struct ViewContext;

/// One bar instead of thirty red rows: most targets became unreachable in the same moment, so it is likely the network
/// of this computer that fails and not thirty services. Hidden otherwise. Thread: gui.
class OfflineBar : public QWidget {
    Q_OBJECT

public:
    OfflineBar(const ViewContext& context, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    const ViewContext& m_context;
    RoleLabel* m_text;
    RoleLabel* m_detail;
};

}  // namespace holdfast::widgets
