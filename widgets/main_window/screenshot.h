#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace holdfast::widgets {

class MainWindow;

/// Writes a picture of the window once it has been up for a while and shows live data; gives up waiting for the data
/// after another minute and writes what is there. Thread: gui.
class Screenshot : public QObject {
    Q_OBJECT

public:
    Screenshot(MainWindow& window, QString file, int afterS, QObject* parent);

signals:
    /// Written, or not with the reason in words.
    void done(bool live, const QString& problem);

private:
    void check();

    MainWindow& m_window;
    const QString m_file;
    int m_patience = 600;  // tenths of a second
    QTimer m_timer;
};

}  // namespace holdfast::widgets
