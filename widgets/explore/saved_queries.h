#pragma once

#include <QString>

#include <vector>

namespace holdfast::widgets {

/// A query somebody gave a name.
struct SavedQuery {
    QString name;
    QString expression;
    friend bool operator==(const SavedQuery&, const SavedQuery&) = default;
};

/// The saved queries of this person, by name, in the settings. Thread: gui.
class SavedQueries {
public:
    [[nodiscard]] static std::vector<SavedQuery> all();
    /// One of the same name is replaced.
    static void save(const SavedQuery& query);
    static void forget(const QString& name);
};

}  // namespace holdfast::widgets
