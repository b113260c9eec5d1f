#pragma once

#include "widgets/notifications/notice.h"

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// A notice inside the window, where the desktop has no way to show one. Stays until one answers it. Thread: gui.
class NoticeBar : public QWidget {
    Q_OBJECT

public:
    NoticeBar(const Theme& theme, QWidget* parent);

    void show(const Notice& notice);
    /// What became of an answer, in words.
    void say(const QString& text);
    void closeSubject(const QString& subject);
    [[nodiscard]] QString subject() const { return m_notice.subject; }

signals:
    void chosen(const QString& subject, const QString& action);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void answer(const QString& action);

    const Theme& m_theme;
    Notice m_notice;
    RoleLabel* m_title;
    RoleLabel* m_text;
    FlatButton* m_open;
    FlatButton* m_ack;
    FlatButton* m_snooze;
    FlatButton* m_close;
};

}  // namespace holdfast::widgets
