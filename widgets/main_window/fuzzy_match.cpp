#include "widgets/main_window/fuzzy_match.h"

namespace holdfast::widgets {

std::optional<int> fuzzyScore(const QString& typed, const QString& text)
{
    int score = 0;
    qsizetype from = 0;
    qsizetype last = -2;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        const qsizetype at = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        if (at == last + 1)
            score += 5;
        if (at == 0 || !text.at(at - 1).isLetterOrNumber())
            score += 8;
        score -= static_cast<int>(at - from);
        last = at;
        from = at + 1;
    }
    return score - static_cast<int>(text.size()) / 8;
}

}  // namespace holdfast::widgets
