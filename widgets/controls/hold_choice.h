#pragma once

#include <QWidget>

#include <cstdint>
#include <functional>
#include <vector>

class QButtonGroup;
class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace holdfast::widgets {

class RoleLabel;
class Theme;

/// How long something is to be held, and from when.
struct HoldWish {
    std::int64_t holdS = 0;  ///< the longest, where untilRecovered
    std::int64_t untilMs = 0;
    std::int64_t startMs = 0;  ///< 0: now
    bool untilRecovered = false;
    QString problem;  ///< why it cannot be so, or empty

    friend bool operator==(const HoldWish&, const HoldWish&) = default;
};

/// The choices of the action dialog: 15 min, 30 min, 1 h, until a time, until it recovers; now or later. There is no
/// "without end". Thread: gui.
class HoldChoice : public QWidget {
    Q_OBJECT

public:
    /// maxHoldS  the longest that the control allows; 0: four hours
    HoldChoice(const Theme& theme, std::int64_t maxHoldS, std::function<std::int64_t()> now, QWidget* parent);

    [[nodiscard]] HoldWish wish() const;
    /// A release is not held; only when it begins can be chosen.
    void setHeld(bool held);

signals:
    void changed();

private:
    [[nodiscard]] HoldWish held(HoldWish wish, std::int64_t from) const;

    const std::function<std::int64_t()> m_now;
    const std::int64_t m_maxHoldS;
    QButtonGroup* m_choices;
    QLineEdit* m_until;
    QCheckBox* m_later;
    QLineEdit* m_start;
    RoleLabel* m_title;
    std::vector<QWidget*> m_holdParts;
    bool m_held = true;
};

}  // namespace holdfast::widgets
