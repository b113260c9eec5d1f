#pragma once

#include "widgets/theme/number_style.h"
#include "widgets/theme/tokens.h"
#include "widgets/time/zone.h"

#include <QObject>

#include <cstdint>

namespace holdfast::widgets {

enum class ThemeChoice { Dark, Light, System };

/// What a person chose for the windows of this computer account, kept in the settings as soon as it is changed. What
/// the engine does stands in its configuration file and not here. Thread: gui.
class Preferences : public QObject {
    Q_OBJECT

public:
    static constexpr int leastText = 90;
    static constexpr int mostText = 200;

    /// Reads what was kept.
    explicit Preferences(QObject* parent = nullptr);

    [[nodiscard]] ThemeChoice theme() const { return m_theme; }
    /// Size of texts in percent, 90 … 200.
    [[nodiscard]] int textPercent() const { return m_textPercent; }
    [[nodiscard]] ShownZone zone() const { return shownZone(); }
    /// Letters, digits and signs without Ctrl or Alt do something. WCAG 2.1.4: they can be switched off.
    [[nodiscard]] bool singleKeys() const { return m_singleKeys; }
    /// No blinking text cursor, no fading menus.
    [[nodiscard]] bool reducedMotion() const { return m_reducedMotion; }
    [[nodiscard]] NumberStyle numbers() const { return m_numbers; }
    /// One for each incident, again every minute until somebody has it.
    [[nodiscard]] static bool sound();
    /// When a shift begins, minutes after midnight of the shown zone, and how long it is.
    [[nodiscard]] int shiftStartMin() const { return m_shiftStartMin; }
    [[nodiscard]] int shiftHours() const { return m_shiftHours; }
    /// Begin of the shift that `nowMs` is in, ms since the epoch.
    [[nodiscard]] std::int64_t shiftBeganMs(std::int64_t nowMs) const;
    /// The window is to be started again, as only then a choice holds.
    void askRestart() { emit restartWanted(); }

public slots:
    void setTheme(holdfast::widgets::ThemeChoice theme);
    void setTextPercent(int percent);
    void setZone(holdfast::widgets::ShownZone zone);
    void setSingleKeys(bool on);
    void setReducedMotion(bool on);
    void setNumbers(holdfast::widgets::NumberStyle style);
    void setSound(bool on);
    /// hours  8, 12 or 24
    void setShift(int startMin, int hours);

signals:
    void changed();
    void restartWanted();

private:
    ThemeChoice m_theme = ThemeChoice::Dark;
    int m_textPercent = 100;
    bool m_singleKeys = true;
    bool m_reducedMotion = false;
    NumberStyle m_numbers = NumberStyle::System;
    int m_shiftStartMin = 8 * 60;
    int m_shiftHours = 12;
};

}  // namespace holdfast::widgets
