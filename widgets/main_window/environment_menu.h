#pragma once

#include <QMenu>
#include <QStringList>

#include <functional>

namespace holdfast::widgets {

class EngineLink;
struct EngineSource;

/// The environments this window knows, the present one ticked, and a way to any Prometheus. Deletes itself when closed.
/// Thread: gui.
class EnvironmentMenu : public QMenu {
    Q_OBJECT

public:
    /// go  what to do with another environment: the arguments of the window that shows it; may come after the menu went
    using Go = std::function<void(const QStringList& arguments)>;
    EnvironmentMenu(const EngineLink& link, const EngineSource& here, Go go, QWidget* parent);

private:
    void askForPrometheus() const;

    const Go m_go;
};

}  // namespace holdfast::widgets
