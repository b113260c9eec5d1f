#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <cstdint>

namespace holdfast::widgets {

class MainWindow;

/// Tells how long a person waited for numbers: once, after the first repaint with live data in the view in front.
/// Thread: gui.
class FirstPaint : public QObject {
    Q_OBJECT

public:
    /// `sinceStart` has run since the program began.
    FirstPaint(const MainWindow& window, QElapsedTimer sinceStart, QObject* parent);

signals:
    void reached(qint64 ms);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const MainWindow& m_window;
    const QElapsedTimer m_sinceStart;
};

}  // namespace holdfast::widgets
