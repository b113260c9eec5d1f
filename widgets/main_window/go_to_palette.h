#pragma once

#include "widgets/main_window/named_ranges.h"
#include "widgets/navigator.h"
#include "widgets/view.h"

#include <QDialog>

#include <functional>
#include <optional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace holdfast::widgets {

/// Type where to go: services, controls, incidents, views, a time range by its name or as typed, a pasted link.
/// Ctrl+Enter goes there in the second window. Letters may be left out; the best match stands first. Deletes itself
/// when closed. Thread: gui.
class GoToPalette : public QDialog {
    Q_OBJECT

public:
    GoToPalette(const ViewContext& context, const std::vector<ViewEntry>& views, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        QString text;
        QString kind;
        std::function<void()> go;
        std::function<void()> beside;  ///< the same in the second window; empty where that means nothing
    };
    enum class Where { Here, Beside };
    void take(Where where);
    void collect(const std::vector<ViewEntry>& views);
    void addRange(const NamedRange& range);
    void filter(const QString& text);
    void choose();

    const ViewContext& m_context;
    NamedRanges m_named;
    std::optional<NamedRange> m_sinceDeploy;
    std::vector<Entry> m_entries;
    std::vector<Entry> m_shown;
    QLineEdit* m_field;
    QListWidget* m_list;
};

}  // namespace holdfast::widgets
