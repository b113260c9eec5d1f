#pragma once

#include "widgets/explore/rule_text.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// Makes a Prometheus rule of a query: what it is called, from which value on, for how long; shown as the file it
/// becomes, to copy or to save beside the configuration. Changes no engine: a rule is read once the configuration names
/// its file. Thread: gui.
class RuleDialog : public QDialog {
    Q_OBJECT

public:
    /// folder  where the configuration lies; empty: not on this computer
    RuleDialog(const Theme& theme, const QString& expr, const QString& folder, QWidget* parent);

    [[nodiscard]] RuleDraft draft() const;

signals:
    void copied(const QString& text);
    void configurationWanted();

private:
    void build(const Theme& theme);
    void showDraft();
    void save();

    const QString m_expr;
    const QString m_folder;
    QComboBox* m_kind;
    QLineEdit* m_name;
    QComboBox* m_comparison;
    QLineEdit* m_threshold;
    QComboBox* m_for;
    QComboBox* m_severity;
    QLineEdit* m_summary;
    QPlainTextEdit* m_text;
    RoleLabel* m_say;
    FlatButton* m_copy;
    FlatButton* m_save;
};

}  // namespace holdfast::widgets
