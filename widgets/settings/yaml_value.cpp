#include "widgets/settings/yaml_value.h"

#include "widgets/settings/yaml_parts.h"

#include <QRegularExpression>
#include <QStringList>

namespace holdfast::widgets {

namespace {

/// A line "key: value  # remark" in its parts.
struct Line {
    QString key;     ///< with its indent and the colon
    QString value;   ///< as written, quotes too
    QString remark;  ///< with the spaces before it
};

Line partsOf(const QString& line)
{
    static const QRegularExpression form(QStringLiteral(
        "^(\\s*[^:#]+:)\\s*((?:'(?:[^']|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|[^#]|(?<=\\S)#)*?)(\\s+#.*|\\s*)$"));
    const auto match = form.match(line);
    return {match.captured(1), match.captured(2), match.captured(3)};
}

QString unquoted(const QString& written)
{
    if (written.size() < 2 || written.front() != written.back())
        return written;
    if (written.front() == QLatin1Char('\''))
        return written.mid(1, written.size() - 2).replace(QLatin1String("''"), QLatin1String("'"));
    return written.front() == QLatin1Char('"') ? written.mid(1, written.size() - 2) : written;
}

QString quoted(const QString& value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./][A-Za-z0-9_./ -]*$"));
    if (plain.match(value).hasMatch() && !value.endsWith(QLatin1Char(' ')))
        return value;
    return QLatin1Char('\'') + QString(value).replace(QLatin1Char('\''), QLatin1String("''")) + QLatin1Char('\'');
}

/// Where a path leads in a text.
struct Place {
    QStringList missing;      ///< keys of the path that are not written, outermost first
    qsizetype from = 0;       ///< of the key's own line; else where the first missing key is to stand
    qsizetype to = 0;         ///< end of what belongs to it
    qsizetype indent = 0;     ///< of the first missing key
    bool isReadable = false;  ///< lines of their own all the way, and one line for the value
};

Place find(const QStringList& lines, const QString& path)
{
    qsizetype from = 0;
    qsizetype to = lines.size();
    while (to > 0 && lines[to - 1].trimmed().isEmpty())
        --to;
    qsizetype indent = 0;
    QStringList keys = path.split(QLatin1Char('.'));
    while (!keys.isEmpty()) {
        const auto found = yamlBlock(lines, from, to, keys.front());
        if (!found)
            return {keys, to, to, indent, true};
        keys.removeFirst();
        const bool isSection = partsOf(lines[found->first]).value.isEmpty();
        if (keys.isEmpty())
            return {{}, found->first, found->second, 0, found->second == found->first + 1};
        if (!isSection)
            return {};
        indent = yamlIndent(lines[found->first]) + 2;
        from = found->first + 1;
        to = found->second;
        for (qsizetype i = to; i > from; --i) {
            if (!isYamlRemark(lines[i - 1]))
                indent = yamlIndent(lines[i - 1]);
        }
    }
    return {};
}

}  // namespace

std::optional<QString> yamlValue(const QString& yaml, const QString& path)
{
    const QStringList lines = yaml.split(QLatin1Char('\n'));
    const Place place = find(lines, path);
    if (!place.isReadable)
        return std::nullopt;
    return place.missing.isEmpty() ? unquoted(partsOf(lines[place.from]).value) : QString();
}

std::optional<QString> yamlWithValue(const QString& yaml, const QString& path, const QString& value)
{
    QStringList lines = yaml.split(QLatin1Char('\n'));
    const Place place = find(lines, path);
    if (!place.isReadable)
        return std::nullopt;
    if (place.missing.isEmpty()) {
        const Line line = partsOf(lines[place.from]);
        if (value.isEmpty())
            lines.removeAt(place.from);
        else
            lines[place.from] = line.key + QLatin1Char(' ') + quoted(value) + line.remark;
        return lines.join(QLatin1Char('\n'));
    }
    if (value.isEmpty())
        return yaml;
    qsizetype at = place.from;
    qsizetype indent = place.indent;
    for (qsizetype i = 0; i < place.missing.size(); ++i) {
        const QString key = QString(indent, QLatin1Char(' ')) + place.missing[i] + QLatin1Char(':');
        lines.insert(at++, i + 1 < place.missing.size() ? key : key + QLatin1Char(' ') + quoted(value));
        indent += 2;
    }
    if (at == lines.size())
        lines.append(QString());
    return lines.join(QLatin1Char('\n'));
}

}  // namespace holdfast::widgets
