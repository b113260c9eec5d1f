#pragma once

#include <QObject>
#include <QString>

#include <vector>

namespace holdfast::widgets {

/// Where in the window one is: a view and what it shows. `item` is a control, incident or target id, by view.
struct Place {
    QString view;
    QString service;
    QString item;

    friend bool operator==(const Place&, const Place&) = default;
};

/// Moves between views, with a way back, and keeps which service is meant by "here". Thread: gui.
class Navigator : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const Place& place() const { return m_place; }
    /// The service the Act-here panel is about: selected in a table or shown by a page.
    [[nodiscard]] const QString& service() const { return m_place.service; }

public slots:
    /// Goes there; an empty view or service means the present one.
    void go(const holdfast::widgets::Place& place);
    void back();
    /// Means `service` without leaving the view.
    void selectService(const QString& service);
    /// Shows it in the second window, for a second monitor.
    void openBeside(const holdfast::widgets::Place& place);

signals:
    void besideWanted(const holdfast::widgets::Place& place);
    void placeChanged();
    void serviceChanged();

private:
    void enter(Place place);

    Place m_place;
    std::vector<Place> m_past;
};

}  // namespace holdfast::widgets
