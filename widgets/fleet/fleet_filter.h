#pragma once

#include <QSortFilterProxyModel>

namespace holdfast::widgets {

/// Which services are shown: those for which every word of the text holds (a part of name
/// or version, or tier=1, version=4.18, severity=critical, profile=envoy), and perhaps only the abnormal ones.
/// Never sorts. Thread: gui.
class FleetFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString& text);
    void setOnlyAbnormal(bool only);
    [[nodiscard]] bool onlyAbnormal() const { return m_onlyAbnormal; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    bool m_onlyAbnormal = false;
};

}  // namespace holdfast::widgets
