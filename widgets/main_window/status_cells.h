#pragma once

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
struct ViewContext;

/// The bottom line: is it collecting, are the rules on time, how full is the store, are controls armed, where may
/// others ask. A cell opens its page where there is one; the address is copied by a click. Thread: gui.
class StatusCells : public QWidget {
    Q_OBJECT

public:
    StatusCells(const ViewContext& context, bool hasTargetView, bool hasControlView, QWidget* parent);

    /// What may come after a key that waits for a second one; empty: nothing is waited for.
    void hint(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void showVersion(const QString& text);
    void fit();

    const ViewContext& m_context;
    FlatButton* m_collecting;
    FlatButton* m_rules;
    FlatButton* m_store;
    FlatButton* m_armed;
    FlatButton* m_address;
    FlatButton* m_spared;  ///< what is left out because of overload
    FlatButton* m_version;
    RoleLabel* m_hint;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
