#include "widgets/incidents/report_preview.h"

#include "widgets/client/courier.h"
#include "widgets/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QPaintEvent>
#include <QPainter>
#include <QPointer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextList>
#include <QTextTable>

#include <algorithm>
#include <memory>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr qsizetype mostShown = 20'000;  // letters: what one reads before sending, not all of a long story
constexpr int stripHeight = 800;
constexpr int margin = 12;
constexpr int settleMs = 120;
constexpr int narrowest = 200;
constexpr int cellPadding = 4;
constexpr int spaceAround = 14;  // a heading
constexpr int lineSpace = 2;
constexpr int listIndent = 18;

struct Look {
    QFont font;
    QColor text;
    QColor link;
    QColor ground;
    QColor grid;
    qreal ratio = 1;
};

struct Rendered {
    std::vector<QImage> strips;
    int height = 0;
};

/// Of "| | |" over a table of names and values, which Markdown wants, nothing is to be seen.
bool isEmptyRow(QTextTable& table, int row)
{
    for (int column = 0; column < table.columns(); ++column) {
        if (!table.cellAt(row, column).firstCursorPosition().block().text().isEmpty())
            return false;
    }
    return true;
}

/// Thin lines and air, as the window's own tables have them.
void dress(QTextDocument& document, const Look& look)
{
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(look.grid);
        format.setCellSpacing(0);
        format.setCellPadding(cellPadding);
        format.setTopMargin(spaceAround / 2);
        format.setBottomMargin(spaceAround / 2);
        table->setFormat(format);
        if (table->rows() > 1 && isEmptyRow(*table, 0))
            table->removeRows(0, 1);
    }
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        if (format.headingLevel() == 0 && !block.textList())
            continue;
        format.setTopMargin(format.headingLevel() > 0 ? spaceAround : lineSpace);
        format.setBottomMargin(format.headingLevel() > 0 ? spaceAround / 2 : lineSpace);
        QTextCursor(block).setBlockFormat(format);
    }
}

Rendered paintReport(const QString& markdown, int width, const Look& look)
{
    QTextDocument document;
    document.setDefaultFont(look.font);
    document.setDocumentMargin(margin);
    document.setMarkdown(markdown);
    document.setIndentWidth(listIndent);
    dress(document, look);
    document.setTextWidth(width);
    Rendered out;
    out.height = static_cast<int>(document.size().height());
    for (int top = 0; top < out.height; top += stripHeight) {
        const int height = std::min(stripHeight, out.height - top);
        QImage strip(QSizeF(width * look.ratio, height * look.ratio).toSize(), QImage::Format_RGB32);
        strip.setDevicePixelRatio(look.ratio);
        strip.fill(look.ground);
        QPainter painter(&strip);
        painter.translate(0, -top);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, top, width, height);
        context.palette.setColor(QPalette::Text, look.text);
        context.palette.setColor(QPalette::Link, look.link);
        painter.setClipRect(context.clip);
        document.documentLayout()->draw(&painter, context);
        out.strips.push_back(std::move(strip));
    }
    return out;
}

}  // namespace

class ReportPreview::Page : public QWidget {
public:
    Page(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {}

    void setStrips(std::vector<QImage> strips)
    {
        m_strips = std::move(strips);
        update();
    }
    void setWords(const QString& words)
    {
        m_words = words;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPainter painter(this);
        painter.fillRect(event->rect(), m_theme.tokens().surface);
        int top = 0;
        for (const QImage& strip : m_strips) {
            const int height = static_cast<int>(strip.height() / strip.devicePixelRatio());
            if (event->rect().intersects(QRect(0, top, width(), height)))
                painter.drawImage(0, top, strip);
            top += height;
        }
        if (!m_strips.empty())
            return;
        painter.setFont(m_theme.base());
        painter.setPen(m_theme.tokens().textSecondary);
        painter.drawText(rect().adjusted(margin, margin, -margin, -margin), Qt::AlignLeft | Qt::TextWordWrap, m_words);
    }

private:
    const Theme& m_theme;
    std::vector<QImage> m_strips;
    QString m_words;
};

ReportPreview::ReportPreview(Courier& courier, const Theme& theme, QWidget* parent)
    : QScrollArea(parent), m_courier(courier), m_theme(theme), m_page(new Page(theme, this))
{
    setObjectName(QStringLiteral("reportPreview"));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its coming would change the width it is rendered for
    setFocusPolicy(Qt::StrongFocus);
    setWidget(m_page);
    m_page->resize(viewport()->size());
    m_settled.setSingleShot(true);
    m_settled.setInterval(settleMs);
    connect(&m_settled, &QTimer::timeout, this, &ReportPreview::render);
    connect(&theme, &Theme::changed, this, &ReportPreview::render);
}

void ReportPreview::setMarkdown(const QString& text)
{
    m_text = text;
    m_page->setAccessibleDescription(text.left(mostShown));
    render();
}

void ReportPreview::setWords(const QString& text)
{
    m_text.clear();
    ++m_asked;
    m_paintedWidth = 0;
    m_page->setStrips({});
    m_page->setWords(text);
    m_page->setAccessibleDescription(text);
    m_page->resize(viewport()->size());
}

void ReportPreview::render()
{
    m_paintedWidth = 0;
    const int width = viewport()->width();
    if (m_text.isEmpty() || width < narrowest)
        return;
    const Tokens& tokens = m_theme.tokens();
    const Look look{m_theme.base(), tokens.text, tokens.text, tokens.surface, tokens.border, devicePixelRatioF()};
    const QString shown =
        m_text.size() <= mostShown ? m_text : m_text.left(mostShown) + tr("\n\n… and more in the file.");
    const int asked = ++m_asked;
    const bool taken = m_courier.run([self = QPointer(this), shown, width, look, asked]() -> Courier::Delivery {
        const auto made = std::make_shared<Rendered>(paintReport(shown, width, look));
        return [self, made, width, asked] {
            if (self && asked == self->m_asked)
                self->take(std::move(made->strips), width, made->height);
        };
    });
    if (!taken)
        m_page->setWords(tr("The window is too busy to show it."));
}

void ReportPreview::take(std::vector<QImage> strips, int width, int height)
{
    m_page->setStrips(std::move(strips));
    m_page->resize(width, std::max(height, viewport()->height()));
    m_paintedWidth = width;
}

void ReportPreview::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    if (m_text.isEmpty())
        m_page->resize(viewport()->size());
    else if (viewport()->width() != m_paintedWidth)
        m_settled.start();
}

}  // namespace holdfast::widgets
