#include "widgets/incidents/report_pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QGuiApplication>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QScreen>
#include <QSvgRenderer>
#include <QTextDocument>
#include <QUrl>

#include <utility>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr int dotsPerInch = 300;
constexpr int marginMm = 15;
constexpr int footDots = 90;
constexpr int laneDots = 2000;  // width of a lane's picture: sharp at 300 dpi on A4

/// Sizes in points, for the document is laid out in printer dots.
const char* const style = "body{font-family:'DejaVu Sans','Noto Sans',sans-serif;font-size:8.5pt;color:#1f2328}"
                          "h1{font-size:15pt;color:#1f2328}h2{font-size:11pt;color:#1f2328}"
                          "th{text-align:left;color:#57606a;font-weight:normal}"
                          ".t{white-space:nowrap;color:#57606a}.note{color:#57606a}.sub{color:#57606a}"
                          ".badge{font-weight:bold}.bad{color:#b42318}.worse{color:#b42318;font-weight:bold}"
                          ".good{font-weight:bold}footer{color:#57606a}";

void removeAll(QString& html, const QString& tag)
{
    const QRegularExpression whole(QStringLiteral("<%1\\b.*?</%1>").arg(tag),
                                   QRegularExpression::DotMatchesEverythingOption
                                       | QRegularExpression::CaseInsensitiveOption);
    html.remove(whole);
}

QImage pictureOf(const QString& svg)
{
    QSvgRenderer renderer(svg.toUtf8());
    const QSizeF size = renderer.viewBoxF().isEmpty() ? QSizeF(960, 106) : renderer.viewBoxF().size();
    QImage image(laneDots, static_cast<int>(laneDots * size.height() / size.width()), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    return image;
}

/// Each SVG becomes a picture with an address of its own.
void takePictures(QString& html, QTextDocument& document, int width)
{
    const QRegularExpression svg(QStringLiteral("<svg\\b.*?</svg>"), QRegularExpression::DotMatchesEverythingOption);
    QString out;
    qsizetype from = 0;
    int number = 0;
    for (auto it = svg.globalMatch(html); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString name = QStringLiteral("lane:%1").arg(++number);
        document.addResource(QTextDocument::ImageResource, QUrl(name), pictureOf(match.captured()));
        out += QStringView(html).mid(from, match.capturedStart() - from);
        out += QStringLiteral("<p><img src=\"%1\" width=\"%2\"></p>").arg(name).arg(width);
        from = match.capturedEnd();
    }
    out += QStringView(html).mid(from);
    html = std::move(out);
}

/// A text document takes lengths of HTML for dots of the screen and scales them to the paper.
double screenDots()
{
    const QScreen* screen = QGuiApplication::primaryScreen();
    return screen == nullptr ? 96 : screen->logicalDotsPerInchX();
}

void paintPages(QPdfWriter& writer, QTextDocument& document, const QString& name)
{
    QPainter painter(&writer);
    const QSizeF page = document.pageSize();
    const int pages = document.pageCount();
    QFont foot(QStringLiteral("DejaVu Sans"));
    foot.setPointSizeF(7.5);
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, i * page.height(), page.width(), page.height());
        context.palette.setColor(QPalette::Text, QColor(0x1f, 0x23, 0x28));
        painter.setClipRect(context.clip);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        painter.setFont(foot);
        painter.setPen(QColor(0x57, 0x60, 0x6a));
        const QRectF line(0, page.height() + footDots / 2.0, page.width(), footDots / 2.0);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom, name);
        painter.drawText(line, Qt::AlignRight | Qt::AlignBottom, QStringLiteral("%1 / %2").arg(i + 1).arg(pages));
    }
}

}  // namespace

Result<int> printReport(const QByteArray& html, const QString& name, const QString& file)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return Error{(file + QStringLiteral(": ") + out.errorString()).toStdString(), ErrorKind::Failed};
    QPdfWriter writer(&out);
    writer.setTitle(name);
    writer.setCreator(QStringLiteral("Holdfast"));
    writer.setResolution(dotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(marginMm, marginMm, marginMm, marginMm), QPageLayout::Millimeter);

    QString text = QString::fromUtf8(html);
    for (const char* tag : {"style", "template", "details", "script", "title"}) {
        // A lane's own title is read by screen readers, not by people on paper.
        removeAll(text, QLatin1String(tag));
    }
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&writer);
    document.setDocumentMargin(0);
    document.setDefaultStyleSheet(QLatin1String(style));
    QFont base(QStringLiteral("DejaVu Sans"));
    base.setPointSizeF(8.5);
    document.setDefaultFont(base);
    takePictures(text, document, static_cast<int>(writer.width() * screenDots() / dotsPerInch));
    text.replace(QRegularExpression(QStringLiteral("<table\\b([^>]*)>")),
                 QStringLiteral("<table\\1 width=\"100%\" cellspacing=\"0\" cellpadding=\"2\">"));
    document.setHtml(text);
    document.setPageSize(QSizeF(writer.width(), writer.height() - footDots));
    const int pages = document.pageCount();
    paintPages(writer, document, name);
    if (!out.commit())
        return Error{(file + QStringLiteral(": ") + out.errorString()).toStdString(), ErrorKind::Failed};
    return pages;
}

}  // namespace holdfast::widgets
