#pragma once

#include "widgets/settings/config_answers.h"

#include <QHash>
#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;
class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// One value of the file that has a field of its own.
struct ConfigField {
    QString path;  ///< "global.scrape_interval"
    QString title;
    QString absent;  ///< what holds when it is not in the file: "1m"
};

/// Values as they are typed, by their path in the file.
using ConfigValues = std::vector<std::pair<QString, QString>>;

/// Values that are changed often, each in a field: what is typed goes into the file at its place, checked by the engine
/// and in force at once, or the file stays as it was. What is typed and not saved survives that the file is read anew.
/// Thread: gui.
class ConfigFields : public QWidget {
    Q_OBJECT

public:
    ConfigFields(const Theme& theme, std::vector<ConfigField> fields, QWidget* parent);

    void setText(const ConfigText& text);
    /// What became of the values.
    void say(const QString& text, bool problem);

signals:
    void saveWanted(const holdfast::widgets::ConfigValues& values);

private:
    [[nodiscard]] ConfigValues changed() const;
    void updateButton();

    const std::vector<ConfigField> m_fields;
    QHash<QString, QString> m_inFile;
    std::vector<QLineEdit*> m_edits;  ///< in the order of the fields
    bool m_writable = false;
    FlatButton* m_save;
    RoleLabel* m_message;
};

}  // namespace holdfast::widgets
