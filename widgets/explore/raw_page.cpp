#include "widgets/explore/raw_page.h"

#include "widgets/client/courier.h"
#include "widgets/theme/theme.h"

#include <QFontDatabase>
#include <QPointer>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr std::size_t mostLines = 2'000;

}  // namespace

RawPage::RawPage(const Theme& theme, Courier& courier, QWidget* parent)
    : QPlainTextEdit(parent), m_theme(theme), m_courier(courier)
{
    setObjectName(QStringLiteral("exploreRaw"));
    setReadOnly(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Samples as text"));
    connect(&theme, &Theme::changed, this, &RawPage::restyle);
    restyle();
}

void RawPage::restyle()
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(m_theme.px(12));
    setFont(fixed);
}

void RawPage::setAnswers(std::vector<QueryAnswerPtr> answers)
{
    (void)m_courier.run([self = QPointer<RawPage>(this), list = std::move(answers)]() -> Courier::Delivery {
        return [self, text = rawText(list, mostLines)] {
            if (self && self->isVisible() && self->toPlainText() != text)
                self->setPlainText(text);
        };
    });
}

}  // namespace holdfast::widgets
