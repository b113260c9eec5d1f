#pragma once

#include <QDialog>
#include <QString>

#include <vector>

class QLineEdit;
class QListWidget;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// Something to choose from, with what it means in a second tone.
struct Choice {
    QString key;
    QString text;
    QString detail;
};

/// One question with a few answers and, where it matters, why: which incident to merge, which signal to split off.
/// Stays open with the engine's sentence when it refuses. Thread: gui.
class PickDialog : public QDialog {
    Q_OBJECT

public:
    enum class Reason { No, Asked };

    /// deed  the word on the button that does it
    PickDialog(const Theme& theme, const QString& title, const QString& explanation, const std::vector<Choice>& choices,
               Reason reason, const QString& deed, QWidget* parent);

    void complain(const QString& why);

signals:
    void picked(const QString& key, const QString& reason);

private:
    void confirm();

    QListWidget* m_list;
    QLineEdit* m_reason;
    RoleLabel* m_problem;
    FlatButton* m_do;
};

}  // namespace holdfast::widgets
