#pragma once

#include "widgets/client/api_client.h"
#include "widgets/view.h"

class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class ProbePanel;
class RoleLabel;

/// An engine without targets: where to begin. A URL, somebody's prometheus.yml, or the demo; ends on the fleet with
/// live data. Thread: gui.
class FirstRunView : public View {
    Q_OBJECT

public:
    FirstRunView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void focusFilter() override;

private:
    void buildOthers(QVBoxLayout* layout);
    void askForFile();
    void importFile(const QString& path);
    void startDemo();
    void leaveIfNotNeeded();
    void showLive(const QString& job);

    const ViewContext m_context;
    RequestSlot m_slot;
    ProbePanel* m_panel;
    RoleLabel* m_said = nullptr;
};

/// Whether the window should begin with this page: an engine that has neither targets nor a configuration.
class FirstRunGate : public QObject {
    Q_OBJECT

public:
    /// Looks at the first answers, and goes there once.
    FirstRunGate(const ViewContext& context, QObject* parent);

private:
    void look();

    const ViewContext m_context;
};

}  // namespace holdfast::widgets
