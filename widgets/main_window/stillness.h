#pragma once

#include <QImage>
#include <QObject>
#include <QSet>
#include <QUrl>

#include <memory>

namespace holdfast::widgets {

class MainWindow;

/// Whether a window has come to rest: live data painted, no new question underway, nothing left on the worker, and the
/// picture the same several looks in a row. On a loaded computer a picture that merely stands still may still be
/// waiting for an answer. Thread: gui.
class Stillness : public QObject {
    Q_OBJECT

public:
    /// times  looks in a row with the same picture
    Stillness(MainWindow& window, int times);

    /// To be called again and again, everyMs apart, until it is true.
    [[nodiscard]] bool look();
    /// Begins anew: something was changed.
    void disturb(int times);

    static constexpr int everyMs = 50;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool asks() const;
    [[nodiscard]] bool works();

    MainWindow& m_window;
    int m_times;
    int m_same = 0;
    int m_restless = 0;       ///< looks at which it had painted again
    bool m_repainted = true;  ///< since the last look
    QImage m_last;
    QSet<QUrl> m_answered;
    std::shared_ptr<bool> m_marker;  ///< true once the worker has done what was before it
};

}  // namespace holdfast::widgets
