#include "widgets/explore/saved_queries.h"

#include <QSettings>

#include <algorithm>

namespace holdfast::widgets {

namespace {

const QString listKey = QStringLiteral("explore/saved");
const QString nameKey = QStringLiteral("name");
const QString expressionKey = QStringLiteral("expression");

void write(const std::vector<SavedQuery>& queries)
{
    QSettings settings;
    settings.remove(listKey);
    settings.beginWriteArray(listKey);
    int at = 0;
    for (const SavedQuery& query : queries) {
        settings.setArrayIndex(at++);
        settings.setValue(nameKey, query.name);
        settings.setValue(expressionKey, query.expression);
    }
    settings.endArray();
}

}  // namespace

std::vector<SavedQuery> SavedQueries::all()
{
    QSettings settings;
    std::vector<SavedQuery> queries;
    const int count = settings.beginReadArray(listKey);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        queries.push_back({settings.value(nameKey).toString(), settings.value(expressionKey).toString()});
    }
    settings.endArray();
    return queries;
}

void SavedQueries::save(const SavedQuery& query)
{
    std::vector<SavedQuery> queries = all();
    std::erase_if(queries, [&](const SavedQuery& each) { return each.name == query.name; });
    queries.push_back(query);
    std::ranges::sort(queries, {}, [](const SavedQuery& each) { return each.name.toLower(); });
    write(queries);
}

void SavedQueries::forget(const QString& name)
{
    std::vector<SavedQuery> queries = all();
    std::erase_if(queries, [&](const SavedQuery& each) { return each.name == name; });
    write(queries);
}

}  // namespace holdfast::widgets
