#pragma once

#include "widgets/view.h"

namespace holdfast::widgets {

class FlatButton;
class MapCanvas;
class RoleLabel;

/// Who calls whom, how it goes on each edge, and where a breaker stands open. Thread: gui.
class MapView : public View {
    Q_OBJECT

public:
    MapView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void toggleAbnormal() override;
    void refreshNow() override;
    [[nodiscard]] bool painted() const override;

private:
    void showFleet();

    const ViewContext m_context;
    MapCanvas* m_canvas;
    RoleLabel* m_seen = nullptr;
    RoleLabel* m_empty = nullptr;
    FlatButton* m_onlyAbnormal = nullptr;
};

}  // namespace holdfast::widgets
