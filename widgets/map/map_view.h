#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/service_page.h"
#include "widgets/map/namespace_fold.h"
#include "widgets/view.h"

#include <QTimer>

namespace holdfast::widgets {

class FlatButton;
class MapCanvas;
class RoleLabel;
class StatePage;

/// Who calls whom, how it goes on each edge, and where a breaker stands open: now, or at the time that is pinned or
/// held. Above forty boxes services of one namespace are one until they are opened. With the place's item
/// "blast:CONTROL" it shows whom that breaker's refusal would reach. Places of the boxes are kept for the environment.
/// Thread: gui.
class MapView : public View {
    Q_OBJECT

public:
    MapView(const ViewContext& context, QWidget* parent);

    void activate() override;
    void placeChanged() override;
    void moveSelection(int by) override;
    void openSelection() override;
    void toggleAbnormal() override;
    void refreshNow() override;
    bool pressKey(int key) override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

private:
    void buildHeader(QWidget* parent);
    void showFleet();
    void showBlast();
    void choose(const QString& service);
    void open(const QString& service);
    void setFolded(bool folded);
    void sayReading();
    void showWhyEmpty(bool empty);
    void openInferredMenu();
    [[nodiscard]] bool folds() const;
    void useHops(int hops);
    /// The moment that is shown instead of now; 0: now.
    [[nodiscard]] std::int64_t moment() const;
    void askForMoment();
    void readHistory(const QString& caller, const QString& control);
    void usePlaces();
    void savePlaces();
    [[nodiscard]] QString placesKey() const;

    const ViewContext m_context;
    MapCanvas* m_canvas;
    RoleLabel* m_seen = nullptr;
    StatePage* m_empty = nullptr;
    FlatButton* m_fold = nullptr;
    FlatButton* m_inferred = nullptr;
    std::shared_ptr<const Fleet> m_shownFleet;  ///< unfolded
    FoldedFleet m_folded;
    QSet<QString> m_open;  ///< namespaces a person unfolded
    FlatButton* m_onlyAbnormal = nullptr;
    FlatButton* m_hops = nullptr;
    FlatButton* m_endBlast = nullptr;
    QString m_blastControl;
    bool m_placesUsed = false;
    bool m_placesKept = false;
    std::shared_ptr<const Fleet> m_pastFleet;
    std::shared_ptr<const ControlList> m_pastControls;
    RequestSlot m_pastFleetSlot;
    RequestSlot m_pastControlsSlot;
    RequestSlot m_historySlot;
    QTimer m_momentDelay;
};

}  // namespace holdfast::widgets
