#include "widgets/charts/pane_accessible.h"

#include "widgets/charts/time_pane.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace holdfast::widgets {

namespace {

/// A pane for a screen reader. Its value is what the header shows: at the crosshair, or the newest.
class PaneAccessible final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit PaneAccessible(TimePane* pane) : QAccessibleWidget(pane, QAccessible::Chart) {}

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return pane().spokenText();
        return QAccessibleWidget::text(kind);
    }

    // The plot inside is the pane's own picture, not a thing of its own.
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }

    [[nodiscard]] QVariant currentValue() const override
    {
        const auto number = pane().spokenNumber();
        return number ? QVariant(*number) : QVariant();
    }
    void setCurrentValue(const QVariant&) override {}  // measured, not set
    [[nodiscard]] QVariant maximumValue() const override { return {}; }
    [[nodiscard]] QVariant minimumValue() const override { return {}; }
    [[nodiscard]] QVariant minimumStepSize() const override { return {}; }

private:
    [[nodiscard]] const TimePane& pane() const { return *static_cast<TimePane*>(object()); }
};

QAccessibleInterface* paneInterface(const QString&, QObject* object)
{
    auto* pane = qobject_cast<TimePane*>(object);
    return pane ? new PaneAccessible(pane) : nullptr;
}

}  // namespace

void installPaneAccessibility()
{
    QAccessible::installFactory(paneInterface);  // Qt keeps one of a kind
}

}  // namespace holdfast::widgets
