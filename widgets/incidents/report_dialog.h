#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/incident_story.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QLineEdit;
class QTableWidget;

namespace holdfast::widgets {

class FlatButton;
class ReportPreview;
class RoleLabel;
class Theme;

/// What the engine can tell as a document.
struct ReportSource {
    QString path;         ///< the door
    QString title;        ///< "INC-142 payments failing"
    QString fileName;     ///< suggested, without suffix
    bool bundle = false;  ///< also as .holdfast, and with people and hosts taken out
    bool shift = false;   ///< over the last hours, which are asked
};

/// A report before it leaves the house: what it says, in which format, and what is taken out. Thread: gui.
class ReportDialog : public QDialog {
    Q_OBJECT

public:
    ReportDialog(ApiClient& api, const Theme& theme, ReportSource source, std::int64_t nowMs, QWidget* parent);

    /// Writes the report as `format` (md html pdf holdfast) to `file`; saved() or the message tells.
    void save(const QString& format, const QString& file);

signals:
    void saved(const QString& file);

private:
    QWidget* buildShift();
    QWidget* buildRedaction();
    void chooseFormat(const QString& format);
    void askForFile();
    void copyMarkdown();
    void preview();
    void previewReplacements();
    void showReplacements(const ReplacementList& list);
    void say(const QString& text, bool problem);
    [[nodiscard]] QUrlQuery question(const QString& format) const;

    ApiClient& m_api;
    const Theme& m_theme;
    const ReportSource m_source;
    const std::int64_t m_nowMs;
    QString m_format = QStringLiteral("md");
    int m_hours = 12;
    std::vector<FlatButton*> m_formats;
    std::vector<FlatButton*> m_shifts;
    std::vector<QCheckBox*> m_redact;
    QLineEdit* m_pattern = nullptr;
    QTableWidget* m_replaced = nullptr;
    RoleLabel* m_replacedWords = nullptr;
    ReportPreview* m_text;
    RoleLabel* m_message;
    RequestSlot m_textSlot;
    RequestSlot m_replacedSlot;
    RequestSlot m_saveSlot;
};

}  // namespace holdfast::widgets
