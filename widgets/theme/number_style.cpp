#include "widgets/theme/number_style.h"

#include <QLocale>

namespace holdfast::widgets {

void setShownNumbers(NumberStyle style)
{
    QLocale locale = style == NumberStyle::Point   ? QLocale::c()
                     : style == NumberStyle::Comma ? QLocale(QLocale::German)
                                                   : QLocale::system();
    locale.setNumberOptions(QLocale::OmitGroupSeparator);  // prefixes keep numbers short
    QLocale::setDefault(locale);
}

}  // namespace holdfast::widgets
