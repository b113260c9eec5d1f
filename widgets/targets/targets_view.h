#pragma once

#include "widgets/client/feed.h"
#include "widgets/targets/target_rows.h"
#include "widgets/view.h"

#include <QSet>
#include <QTimer>

class QJsonObject;
class QVBoxLayout;

namespace holdfast::widgets {

class FlatButton;
class ListHeader;
class RoleLabel;
class RowTable;
class StatePage;

/// Every endpoint that is scraped, how it is, and why not in words; the chosen one with its last ten scrapes and where
/// its labels come from. Rows keep their places until they are sorted anew.
/// Thread: gui.
class TargetsView : public View {
    Q_OBJECT

public:
    TargetsView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void focusFilter() override;
    void moveSelection(int by) override;
    void toggleAbnormal() override;
    void sortNow() override;
    void refreshNow() override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

private:
    enum class WayOut { Add, Again, ShowAll };
    void buildHeader(QVBoxLayout* layout);
    void buildDetail(QVBoxLayout* layout);
    void showTargets();
    void showDetail();
    void scrapeNow();
    void askToDisable();
    void pause(qint64 forS, const QString& reason);
    void change(const QString& path, const QJsonObject& body, const QString& done);
    void keepOrder(std::vector<Target>& rows);
    void showOrder(const std::vector<Target>& rows);
    void addTarget();
    void sayWhyEmpty(bool answered, qint64 all);
    void takeWayOut();
    [[nodiscard]] bool matches(const Target& target) const;
    [[nodiscard]] const Target* chosen() const;

    const ViewContext m_context;
    Feed<TargetList> m_targets;
    RequestSlot m_scrapeSlot;
    TargetModel* m_model;
    ListHeader* m_header;
    WayOut m_wayOut = WayOut::Add;
    QSet<QString> m_lifted;  ///< in trouble when it was sorted last: they stay on top until it is sorted again
    bool m_sortWanted = true;
    FlatButton* m_sort = nullptr;
    FlatButton* m_scrape = nullptr;
    FlatButton* m_disable = nullptr;
    FlatButton* m_add = nullptr;
    RoleLabel* m_trail = nullptr;
    StatePage* m_empty = nullptr;
    RowTable* m_table = nullptr;
    QWidget* m_detail = nullptr;
    RoleLabel* m_name = nullptr;
    RoleLabel* m_words = nullptr;
    RoleLabel* m_history = nullptr;
    RoleLabel* m_answer = nullptr;
    QTimer m_second;
};

}  // namespace holdfast::widgets
