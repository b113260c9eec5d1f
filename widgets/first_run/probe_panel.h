#pragma once

#include "widgets/client/api_client.h"
#include "widgets/first_run/probe_answer.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// From a URL to live data: test scrape, what was found and what is missing in words, a name, and the start; then it
/// waits for the first scrape and says how it went. First run and "Add target…" show the same. Thread: gui.
class ProbePanel : public QWidget {
    Q_OBJECT

public:
    ProbePanel(ApiClient& api, const Theme& theme, QWidget* parent);

    [[nodiscard]] QLineEdit& urlField() { return *m_url; }
    /// Fills in and tests.
    void setUrl(const QString& url);
    /// Something else added targets: waits for the first scrape of any of them.
    void waitForData(const QString& job);
    void say(const QString& words);

signals:
    /// The configuration has it and its first scrape is in.
    void live(const QString& job);
    void failed();
    /// What a test scrape found is shown, with the way on.
    void found();

private:
    void buildResult(QVBoxLayout* layout);
    void test();
    void show(const ProbeAnswer& answer);
    void showSignals(const ProbeAnswer& answer);
    void start();
    void look();
    void setBusy(bool busy);

    ApiClient& m_api;
    const Theme& m_theme;
    RequestSlot m_slot;
    RequestSlot m_scrapeSlot;
    QTimer m_poll;
    QElapsedTimer m_waiting;
    ProbeAnswer m_answer;
    QString m_job;
    QLineEdit* m_url;
    FlatButton* m_test;
    QWidget* m_result = nullptr;
    RoleLabel* m_found = nullptr;
    RoleLabel* m_later = nullptr;
    QVBoxLayout* m_signals = nullptr;
    QWidget* m_naming = nullptr;
    RoleLabel* m_nameLabel = nullptr;
    QLineEdit* m_name = nullptr;
    FlatButton* m_start = nullptr;
    RoleLabel* m_status;
};

}  // namespace holdfast::widgets
