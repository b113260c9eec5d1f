#pragma once

#include "widgets/settings/config_answers.h"
#include "widgets/view.h"

#include <vector>

class QListWidget;
class QStackedWidget;

namespace holdfast::widgets {

class ConfigEditor;
class ConfigPage;

/// The settings: what the windows keep, changed at once, and what the engine's file says, shown with its line and
/// edited in the file itself, so that comments stay and there is one truth. Thread: gui.
class SettingsView : public View {
    Q_OBJECT

public:
    SettingsView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void moveSelection(int rows) override;

private:
    void addPage(const QString& id, const QString& title, QWidget* page);
    void addConfigPages();
    void addAbout();
    void editAt(int line);
    void showText(const ConfigText& text);

    const ViewContext m_context;
    QListWidget* m_list;
    QStackedWidget* m_stack;
    ConfigEditor* m_editor = nullptr;
    ConfigPage* m_asking = nullptr;  ///< waits for what becomes of its values
    std::vector<ConfigPage*> m_configPages;
};

}  // namespace holdfast::widgets
