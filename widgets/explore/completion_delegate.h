#pragma once

#include <QStyledItemDelegate>

namespace holdfast::widgets {

class Theme;

/// A row of the completion: the word, and beside it what it is, from the model's tooltip. Thread: gui.
class CompletionDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    CompletionDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

}  // namespace holdfast::widgets
