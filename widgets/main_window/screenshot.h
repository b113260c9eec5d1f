#pragma once

#include "widgets/main_window/stillness.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace holdfast::widgets {

class MainWindow;

/// Writes a picture of the window once it shows data: after a while that is stated, or else as soon as the picture has
/// stood still, which it does where the clock stands (a replay). Gives up waiting for data after another minute, and
/// for stillness after twenty seconds, and writes what is there. Thread: gui.
class Screenshot : public QObject {
    Q_OBJECT

public:
    Screenshot(MainWindow& window, QString file, std::optional<int> afterS, QObject* parent);

signals:
    /// Written, or not with the reason in words.
    void done(bool live, const QString& problem);

private:
    void check();
    void write(bool live);

    MainWindow& m_window;
    const QString m_file;
    const bool m_untilStill;
    int m_patience = 1200;  // looks
    int m_unrest = 400;     // looks
    Stillness m_stillness;
    QTimer m_timer;
};

}  // namespace holdfast::widgets
