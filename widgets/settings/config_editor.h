#pragma once

#include "widgets/client/api_client.h"
#include "widgets/settings/config_answers.h"
#include "widgets/settings/config_fields.h"
#include "widgets/view.h"

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// The configuration file as it is, in an editor: checked before it is put in force, kept with its comments, and never
/// written over what somebody else changed meanwhile. Thread: gui.
class ConfigEditor : public QWidget {
    Q_OBJECT

public:
    ConfigEditor(const ViewContext& context, QWidget* parent);

    /// Reads the file now, and again every few seconds while it is watched.
    void watch(bool on);
    void goToLine(int line);
    /// Writes these values into the file, unless the editor holds changes of its own; told() says what became of it.
    void setValues(const ConfigValues& values);
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool changed() const;

signals:
    /// What is on the disk was read anew.
    void textRead(const holdfast::widgets::ConfigText& text);
    /// What the last wish came to, as it stands below the editor too.
    void told(const QString& text, bool problem);

private:
    void read();
    void took(const ConfigText& text);
    void check();
    void save();
    void put(const QString& wanted);
    void reload();
    void dropChanges();
    void showDifference();
    void say(const QString& text, bool problem);
    void updateButtons();

    const ViewContext m_context;
    ConfigText m_onDisk;      ///< as last read
    ConfigText m_editedFrom;  ///< what the text in the editor began as
    bool m_busy = false;
    RoleLabel* m_file;
    RoleLabel* m_message;
    QPlainTextEdit* m_edit;
    FlatButton* m_check;
    FlatButton* m_save;
    FlatButton* m_reload;
    FlatButton* m_drop;
    FlatButton* m_difference;
    RequestSlot m_readSlot;
    RequestSlot m_askSlot;
    QTimer m_timer;
};

}  // namespace holdfast::widgets
