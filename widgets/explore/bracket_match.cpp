#include "widgets/explore/bracket_match.h"

#include <vector>

namespace holdfast::widgets {

namespace {

constexpr QStringView opening = u"([{";
constexpr QStringView closing = u")]}";

}  // namespace

int matchingBracket(const QString& text, int at)
{
    struct Open {
        int at;
        qsizetype kind;
    };
    std::vector<Open> open;
    QChar quote;
    for (int i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!quote.isNull()) {
            if (c == QLatin1Char('\\') && quote != QLatin1Char('`'))
                ++i;
            else if (c == quote)
                quote = QChar();
            continue;
        }
        if (c == QLatin1Char('"') || c == QLatin1Char('\'') || c == QLatin1Char('`')) {
            quote = c;
        } else if (c == QLatin1Char('#')) {
            while (i < text.size() && text[i] != QLatin1Char('\n'))
                ++i;
        } else if (const qsizetype kind = opening.indexOf(c); kind >= 0) {
            open.push_back({i, kind});
        } else if (const qsizetype end = closing.indexOf(c); end >= 0) {
            if (open.empty() || open.back().kind != end)
                return -1;
            if (open.back().at == at)
                return i;
            if (i == at)
                return open.back().at;
            open.pop_back();
        }
    }
    return -1;
}

int bracketAtCursor(const QString& text, int cursor)
{
    const auto isBracket = [&](int at) {
        return at >= 0 && at < text.size() && (opening.contains(text[at]) || closing.contains(text[at]));
    };
    if (isBracket(cursor - 1))
        return cursor - 1;
    return isBracket(cursor) ? cursor : -1;
}

}  // namespace holdfast::widgets
