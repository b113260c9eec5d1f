#pragma once

#include "widgets/navigator.h"
#include "widgets/view.h"

#include <QDialog>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace holdfast::widgets {

/// Type where to go: services, views, incidents, a time range. Letters may be left out; the best match stands first.
/// Deletes itself when closed. Thread: gui.
class GoToPalette : public QDialog {
    Q_OBJECT

public:
    GoToPalette(const ViewContext& context, const std::vector<ViewEntry>& views, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Entry {
        QString text;
        QString kind;
        std::function<void()> go;
    };
    void collect(const std::vector<ViewEntry>& views);
    void filter(const QString& text);
    void choose();

    const ViewContext& m_context;
    std::vector<Entry> m_entries;
    std::vector<Entry> m_shown;
    QLineEdit* m_field;
    QListWidget* m_list;
};

}  // namespace holdfast::widgets
