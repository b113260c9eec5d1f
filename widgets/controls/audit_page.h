#pragma once

#include "widgets/client/action.h"
#include "widgets/client/action_audit.h"
#include "widgets/client/api_client.h"
#include "widgets/client/feed.h"
#include "widgets/controls/audit_rows.h"
#include "widgets/view.h"

#include <QWidget>

class QStackedWidget;

namespace holdfast::widgets {

class FlatButton;
class RowTable;

/// What was done, one line an action, or every step of the journal; saved as a file on wish. Thread: gui.
class AuditPage : public QWidget {
    Q_OBJECT

public:
    /// history  outlives the page
    AuditPage(const ViewContext& context, const Feed<ActionList>& history, QWidget* parent);

    void setActive(bool active);
    void setFilter(const QString& filter);
    void refresh();
    [[nodiscard]] RowTable* table() const;
    /// Rows that the filter hides.
    [[nodiscard]] int hiddenRows() const { return m_hidden; }

    /// The list that is shown has been answered once: when it is empty, there is nothing.
    [[nodiscard]] bool read() const;

signals:
    /// Rows came, went or were chosen otherwise.
    void filled();
    void said(const QString& text, bool bad);

private:
    void fill();
    void openExportMenu();
    void exportAudit(const QString& format);

    const ViewContext m_context;
    const Feed<ActionList>& m_history;
    Feed<AuditList> m_journal;
    HistoryModel* m_historyModel;
    AuditModel* m_auditModel;
    QStackedWidget* m_stack;
    FlatButton* m_everyStep;
    RequestSlot m_exportSlot;
    QString m_filter;
    int m_hidden = 0;
    bool m_active = false;
};

}  // namespace holdfast::widgets
