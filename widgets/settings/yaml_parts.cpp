#include "widgets/settings/yaml_parts.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr qsizetype mostDiffLines = 3000;
constexpr int around = 3;

}  // namespace

qsizetype yamlIndent(const QString& line)
{
    return std::find_if(line.begin(), line.end(), [](QChar c) { return c != QLatin1Char(' '); }) - line.begin();
}

bool isYamlRemark(const QString& line)
{
    const QString text = line.trimmed();
    return text.isEmpty() || text.startsWith(QLatin1Char('#'));
}

std::optional<std::pair<qsizetype, qsizetype>> yamlBlock(const QStringList& lines, qsizetype from, qsizetype to,
                                                         const QString& key)
{
    qsizetype least = -1;
    for (qsizetype i = from; i < to; ++i) {
        if (!isYamlRemark(lines[i]))
            least = least < 0 ? yamlIndent(lines[i]) : std::min(least, yamlIndent(lines[i]));
    }
    for (qsizetype i = from; i < to; ++i) {
        if (isYamlRemark(lines[i]) || yamlIndent(lines[i]) != least
            || !lines[i].trimmed().startsWith(key + QLatin1Char(':')))
            continue;
        qsizetype end = i + 1;
        const auto belongs = [&](const QString& line) {
            // A list may stand at the indent of its key.
            return isYamlRemark(line) || yamlIndent(line) > least
                   || (yamlIndent(line) == least && line.trimmed().startsWith(QLatin1String("- ")));
        };
        while (end < to && belongs(lines[end]))
            ++end;
        while (end > i + 1 && isYamlRemark(lines[end - 1]))
            --end;
        return std::pair(i, end);
    }
    return std::nullopt;
}

std::optional<YamlPart> yamlPart(const QString& yaml, const QString& path)
{
    const QStringList lines = yaml.split(QLatin1Char('\n'));
    qsizetype from = 0;
    qsizetype to = lines.size();
    qsizetype keyLine = 0;
    for (const QString& key : path.split(QLatin1Char('.'))) {
        const auto found = yamlBlock(lines, from, to, key);
        if (!found)
            return std::nullopt;
        keyLine = found->first;
        from = found->first + 1;
        to = found->second;
    }
    qsizetype begin = keyLine;
    while (begin > 0 && lines[begin - 1].trimmed().startsWith(QLatin1Char('#')))
        --begin;
    return YamlPart{static_cast<int>(keyLine) + 1, lines.mid(begin, to - begin).join(QLatin1Char('\n'))};
}

QString lineDiff(const QString& before, const QString& after)
{
    const QStringList a = before.split(QLatin1Char('\n'));
    const QStringList b = after.split(QLatin1Char('\n'));
    if (a.size() > mostDiffLines || b.size() > mostDiffLines)
        return QCoreApplication::translate("ConfigEditor", "The texts are too long to compare here.");
    const auto columns = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> common((static_cast<std::size_t>(a.size()) + 1) * columns, 0);
    const auto at = [&](qsizetype i, qsizetype j) -> int& {
        return common[static_cast<std::size_t>(i) * columns + static_cast<std::size_t>(j)];
    };
    for (qsizetype i = a.size() - 1; i >= 0; --i)
        for (qsizetype j = b.size() - 1; j >= 0; --j)
            at(i, j) = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    QStringList all;
    for (qsizetype i = 0, j = 0; i < a.size() || j < b.size();) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            all << QStringLiteral("  ") + a[i];
            ++i;
            ++j;
        } else if (j >= b.size() || (i < a.size() && at(i + 1, j) >= at(i, j + 1))) {
            all << QStringLiteral("- ") + a[i++];
        } else {
            all << QStringLiteral("+ ") + b[j++];
        }
    }
    QStringList shown;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto changed = [&](qsizetype k) {
            return k >= 0 && k < all.size() && !all[k].startsWith(QLatin1Char(' '));
        };
        bool near = false;
        for (qsizetype k = i - around; k <= i + around; ++k)
            near = near || changed(k);
        if (near)
            shown << all[i];
        else if (!shown.isEmpty() && shown.last() != QLatin1String("…"))
            shown << QStringLiteral("…");
    }
    return shown.join(QLatin1Char('\n'));
}

int lineOfProblem(const QString& message)
{
    static const QRegularExpression form(QStringLiteral(":(\\d+):\\d+: "));
    const auto match = form.match(message);
    return match.hasMatch() ? match.captured(1).toInt() : 0;
}

}  // namespace holdfast::widgets
