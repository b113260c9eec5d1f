#include "widgets/main_window/translator.h"

#include <cstring>

namespace holdfast::widgets {

namespace {

constexpr const char* freeFunctions = "holdfast::widgets";

const char* withoutNamespace(const char* name)
{
    const char* last = name;
    while (const char* colons = std::strstr(last, "::"))
        last = colons + 2;
    return last;
}

}  // namespace

QString Translator::translate(const char* context, const char* source, const char* disambiguation, int n) const
{
    QString text = QTranslator::translate(withoutNamespace(context), source, disambiguation, n);
    if (text.isEmpty())
        text = QTranslator::translate(freeFunctions, source, disambiguation, n);
    return text;
}

}  // namespace holdfast::widgets
