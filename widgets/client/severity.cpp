#include "widgets/client/severity.h"

namespace holdfast::widgets {

Severity severityFromText(const QString& text)
{
    if (text == QLatin1String("critical"))
        return Severity::Critical;
    if (text == QLatin1String("warning"))
        return Severity::Warning;
    if (text == QLatin1String("unknown"))
        return Severity::Unknown;
    return Severity::Normal;
}

}  // namespace holdfast::widgets
