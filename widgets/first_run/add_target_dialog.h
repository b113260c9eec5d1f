#pragma once

#include <QDialog>

namespace holdfast::widgets {

class ApiClient;
class Theme;

/// "Add target…": the first run's steps in a dialog; closes when data come. Thread: gui.
class AddTargetDialog : public QDialog {
    Q_OBJECT

public:
    AddTargetDialog(ApiClient& api, const Theme& theme, QWidget* parent);

signals:
    void added(const QString& job);
};

}  // namespace holdfast::widgets
