#include "widgets/main_window/environments.h"

#include <QSettings>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr std::size_t most = 8;
const QString listKey = QStringLiteral("environments");

}  // namespace

QStringList Environment::arguments() const
{
    if (source.attach.isEmpty())
        return {QStringLiteral("--engine-file"), source.engineFile};
    return {QStringLiteral("--attach"), source.attach.toString()};
}

std::vector<Environment> knownEnvironments()
{
    QSettings kept;
    std::vector<Environment> all;
    const int count = kept.beginReadArray(listKey);
    for (int i = 0; i < count; ++i) {
        kept.setArrayIndex(i);
        Environment one;
        one.name = kept.value(QStringLiteral("name")).toString();
        one.source.engineFile = kept.value(QStringLiteral("engine_file")).toString();
        one.source.attach = QUrl(kept.value(QStringLiteral("attach")).toString());
        if (!one.name.isEmpty())
            all.push_back(std::move(one));
    }
    kept.endArray();
    return all;
}

void rememberEnvironment(const Environment& environment)
{
    if (environment.name.isEmpty())
        return;
    std::vector<Environment> all = knownEnvironments();
    if (!all.empty() && all.front().sameSource(environment.source) && all.front().name == environment.name)
        return;
    std::erase_if(all, [&](const Environment& one) { return one.sameSource(environment.source); });
    all.insert(all.begin(), environment);
    all.resize(std::min(all.size(), most));
    QSettings kept;
    kept.remove(listKey);
    kept.beginWriteArray(listKey);
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const Environment& one = all[static_cast<std::size_t>(i)];
        kept.setArrayIndex(i);
        kept.setValue(QStringLiteral("name"), one.name);
        kept.setValue(QStringLiteral("engine_file"), one.source.engineFile);
        kept.setValue(QStringLiteral("attach"), one.source.attach.toString());
    }
    kept.endArray();
}

}  // namespace holdfast::widgets
