#include "widgets/charts/pane_menu.h"

#include "widgets/export/picture_export.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>
#include <QPixmap>
#include <QWidget>

namespace holdfast::widgets {

void openPaneMenu(QWidget& pane, const QPoint& globalPos)
{
    auto* menu = new QMenu(&pane);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("paneMenu"));
    menu->addAction(QCoreApplication::translate("Charts", "Copy picture"), &pane,
                    [&pane] { QGuiApplication::clipboard()->setPixmap(pane.grab()); });
    menu->addAction(QCoreApplication::translate("Charts", "Save picture, PNG or SVG…"), &pane,
                    [&pane] { askAndSavePicture(pane, QStringLiteral("holdfast-chart")); });
    menu->popup(globalPos);
}

}  // namespace holdfast::widgets
