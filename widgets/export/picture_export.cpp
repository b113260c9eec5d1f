#include "widgets/export/picture_export.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPainter>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Export", text);
}

Result<QString> written(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Error{words("%1 cannot be written: %2").arg(path, file.errorString()).toStdString()};
    return path;
}

void complain(QWidget& parent, const Error& error)
{
    auto* box = new QMessageBox(QMessageBox::Warning, words("Not saved"), QString::fromStdString(error.message),
                                QMessageBox::Ok, &parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

QFileDialog* saveDialog(QWidget& parent, const QString& title, const QString& name, const QStringList& filters)
{
    auto* dialog = new QFileDialog(&parent, title, QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->selectFile(name);
    return dialog;
}

}  // namespace

Result<QString> savePicture(QWidget& widget, const QString& path)
{
    if (!path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        if (!widget.grab().save(path, path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive) ? nullptr : "PNG"))
            return Error{words("%1 cannot be written").arg(path).toStdString()};
        return path;
    }
    QSvgGenerator svg;
    svg.setFileName(path);
    svg.setSize(widget.size());
    svg.setViewBox(widget.rect());
    svg.setTitle(widget.accessibleName());
    svg.setDescription(widget.accessibleDescription());
    QPainter painter;
    if (!painter.begin(&svg))
        return Error{words("%1 cannot be written").arg(path).toStdString()};
    painter.fillRect(widget.rect(), widget.palette().window());
    widget.render(&painter, QPoint(), QRegion(), QWidget::DrawChildren | QWidget::DrawWindowBackground);
    if (!painter.end())
        return Error{words("%1 could not be written to its end").arg(path).toStdString()};
    return path;
}

void askAndSavePicture(QWidget& widget, const QString& name)
{
    auto* dialog = saveDialog(widget, words("Save picture"), name + QStringLiteral(".png"),
                              {words("PNG picture (*.png)"), words("SVG drawing (*.svg)")});
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("svg")) ? QStringLiteral("svg") : QStringLiteral("png"));
    });
    dialog->setDefaultSuffix(QStringLiteral("png"));
    QObject::connect(dialog, &QFileDialog::fileSelected, &widget, [&widget](const QString& path) {
        if (const auto saved = savePicture(widget, path); !saved)
            complain(widget, saved.error());
    });
    dialog->open();
}

void askAndSaveTable(QWidget& parent, const QString& name, const QString& tsv, const QString& csv)
{
    auto* dialog = saveDialog(parent, words("Save table"), name + QStringLiteral(".csv"),
                              {words("CSV table (*.csv)"), words("TSV table (*.tsv)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent, [&parent, tsv, csv](const QString& path) {
        const bool tabs = path.endsWith(QLatin1String(".tsv"), Qt::CaseInsensitive);
        if (const auto saved = written(path, (tabs ? tsv : csv).toUtf8()); !saved)
            complain(parent, saved.error());
    });
    dialog->open();
}

}  // namespace holdfast::widgets
