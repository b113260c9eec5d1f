#pragma once

#include "widgets/client/incident.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include <vector>

namespace holdfast::widgets {

class Theme;

/// Events of one incident, oldest first. Thread: gui.
class TimelineModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// True when it is another story, not the same one grown longer.
    bool setEvents(std::vector<Event> events);
    /// Only what a person marked as important.
    bool setStarredOnly(bool only);
    [[nodiscard]] const Event& event(int row) const { return m_events[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] std::vector<Event> shown() const;
    bool replace(std::vector<Event> events);

    std::vector<Event> m_all;
    std::vector<Event> m_events;  // of these those that are shown
    bool m_starredOnly = false;
};

/// Time, a mark for the kind, and the sentence, wrapped to the width. Thread: gui.
class TimelineDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    TimelineDelegate(Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Where the star of an item is; a click there marks or unmarks it.
    [[nodiscard]] static QRect starBox(const QRect& item);
    /// An effect is only what moved first, until it is the current one.
    [[nodiscard]] static bool isBrief(const QWidget* widget, const QModelIndex& index);

private:
    Theme& m_theme;
};

/// The story of an incident as a list that follows its newest entry while one looks at the end. Thread: gui.
class TimelineList : public QListView {
    Q_OBJECT

public:
    TimelineList(Theme& theme, QWidget* parent);
    void setEvents(std::vector<Event> events);
    void setStarredOnly(bool only);

signals:
    void starToggled(const holdfast::widgets::Event& event);
    /// Double click or Enter on a note.
    void editRequested(const holdfast::widgets::Event& event);
    /// Somebody looks at this one.
    void instantChosen(qint64 knownMs);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    TimelineModel* m_model;
};

}  // namespace holdfast::widgets
