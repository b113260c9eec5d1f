#pragma once

#include "widgets/client/api_client.h"
#include "widgets/view.h"

#include <QStringList>
#include <QWidget>

namespace holdfast::widgets {

/// What Explore shows before anything was asked: questions to begin with, made of the metrics that are there. Or, where
/// there are none, why, and where to add some. Thread: gui.
class ExamplePage : public QWidget {
    Q_OBJECT

public:
    ExamplePage(const ViewContext& context, QWidget* parent);

    /// Asks which metrics there are.
    void fetch();
    [[nodiscard]] bool filled() const;

signals:
    void chosen(const QString& expression);

private:
    void offer(const QStringList& metrics);

    const ViewContext m_context;
    RequestSlot m_slot;
};

}  // namespace holdfast::widgets
