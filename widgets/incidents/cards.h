#pragma once

#include "widgets/client/incident_story.h"

#include <QScrollArea>

class QVBoxLayout;

namespace holdfast::widgets {

class Theme;

/// Cards below one another in an area that scrolls: what changes did, and what helped in incidents like this one.
/// Thread: gui.
class Cards : public QScrollArea {
    Q_OBJECT

public:
    Cards(const Theme& theme, const QString& accessibleName, QWidget* parent);

    void setEffects(const std::vector<ChangeEffect>& effects);
    void setSimilar(const std::vector<SimilarIncident>& similar, std::int64_t nowMs);
    /// One sentence in place of cards.
    void setWords(const QString& text);

signals:
    void incidentChosen(qint64 id);

private:
    /// True when it is what stands there already.
    [[nodiscard]] bool same(const QString& content);
    QWidget* beginCard();
    void addLine(QWidget* card, int role, const QString& text);
    void begin();
    void finish();

    const Theme& m_theme;
    QWidget* m_inner = nullptr;
    QVBoxLayout* m_layout = nullptr;
    QString m_content;
};

/// "improved", "worse", "no clear change", "too early to say", as people say it.
[[nodiscard]] QString verdictText(const QString& verdict);

}  // namespace holdfast::widgets
