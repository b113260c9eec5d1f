#pragma once

#include "widgets/settings/config_answers.h"
#include "widgets/settings/config_fields.h"

#include <QString>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace holdfast::widgets {

class Theme;

/// One key of the file that a page of the settings shows.
struct ConfigKey {
    QString path;  ///< "holdfast.services"
    QString title;
    QString absent;  ///< what holds when the key is not in the file
};

/// What the engine was configured with on one subject: the lines of its file as they are, with their place in it, and a
/// way to edit them there. Thread: gui.
class ConfigPage : public QWidget {
    Q_OBJECT

public:
    ConfigPage(const Theme& theme, QString remark, std::vector<ConfigField> fields, std::vector<ConfigKey> keys,
               QWidget* parent);

    void setText(const ConfigText& text);
    /// Why there is nothing to show: no file, no engine.
    void setMissing(const QString& why);
    /// What became of the values that were to be saved.
    void sayOfValues(const QString& text, bool problem);

signals:
    void editWanted(int line);
    void saveWanted(const holdfast::widgets::ConfigValues& values);

private:
    void clear();

    const Theme& m_theme;
    const QString m_remark;
    const std::vector<ConfigKey> m_keys;
    QVBoxLayout* m_layout;
    ConfigFields* m_fields = nullptr;  ///< null: the page has none
    QWidget* m_page = nullptr;
};

}  // namespace holdfast::widgets
