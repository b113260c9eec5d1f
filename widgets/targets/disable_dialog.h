#pragma once

#include <QDialog>
#include <QString>

class QComboBox;
class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class Theme;

/// For how long a target is left alone, and why: nobody disables without a reason and an end. Thread: gui.
class DisableDialog : public QDialog {
    Q_OBJECT

public:
    /// target  as its row says it: "payments   http://…"
    DisableDialog(const Theme& theme, const QString& target, QWidget* parent);

signals:
    void confirmed(qint64 forS, const QString& reason);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void updateConfirm();
    void confirm();

    QLineEdit* m_reason;
    QComboBox* m_for;
    FlatButton* m_confirm;
};

}  // namespace holdfast::widgets
