#include "widgets/incidents/shelf_page.h"

#include "widgets/controls/action_runner.h"
#include "widgets/incidents/pick_dialog.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/view.h"

#include <QJsonObject>
#include <QPointer>
#include <QVBoxLayout>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int intervalMs = 10'000;
constexpr int mostRows = 8;

template <typename Row>
auto text(QString (*of)(const Row&))
{
    return
        [of](const Row& row, int role) -> QVariant { return role == Qt::DisplayRole ? QVariant(of(row)) : QVariant(); };
}

Result<QByteArray> asIs(const QByteArray& body)
{
    return body;
}

}  // namespace

ShelfPage::ShelfPage(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_shelves(
          context.api, context.link, decodeShelves,
          [] {
              return Feed<ShelfList>::Ask{QStringLiteral("/holdfast/v1/shelves"), {}};
          },
          {QStringLiteral("incident")}, intervalMs, nullptr),
      m_standing(
          context.api, context.link, decodeStanding,
          [] {
              return Feed<StandingList>::Ask{QStringLiteral("/holdfast/v1/standing"), {}};
          },
          {}, intervalMs, nullptr),
      m_shelfWords(new RoleLabel(context.theme, TextRole::Secondary, QString(), this)),
      m_standingWords(new RoleLabel(context.theme, TextRole::Secondary, QString(), this)),
      m_message(new RoleLabel(context.theme, TextRole::Critical, QString(), this)),
      m_shelfTable(new RowTable(context.theme, tr("Shelved alerts"), this)),
      m_standingTable(new RowTable(context.theme, tr("Standing alerts"), this))
{
    const auto now = [&link = context.link] { return link.engineNowMs(); };
    m_shelfModel = new RowModel<Shelf>(
        {{QString(),
          [](const Shelf&, int role) -> QVariant { return role == RowRole::held ? QVariant(true) : QVariant(); }},
         {tr("Alert"), text<Shelf>([](const Shelf& s) { return s.alert.isEmpty() ? tr("any") : s.alert; })},
         {tr("Service"), text<Shelf>([](const Shelf& s) { return s.service.isEmpty() ? tr("all") : s.service; })},
         {tr("Firing"), text<Shelf>([](const Shelf& s) { return QString::number(s.firing); })},
         {tr("By"), text<Shelf>([](const Shelf& s) { return s.actor; })},
         {tr("Reason"), text<Shelf>([](const Shelf& s) { return s.reason; })},
         {tr("Ends in"),
          [now](const Shelf& s, int role) -> QVariant {
              if (role != Qt::DisplayRole)
                  return {};
              const QString left = countdownText(s.untilMs - now());
              return s.untilClear ? tr("when clear, or %1").arg(left) : left;
          }},
         {QString(),
          [](const Shelf&, int role) -> QVariant {
              return role == RowRole::buttons ? QVariant(QStringList{tr("End now")}) : QVariant();
          }}},
        [](const Shelf& s) { return QString::number(s.id); }, this);
    m_standingModel = new RowModel<IncidentSignal>(
        {{QString(),
          [](const IncidentSignal&, int role) -> QVariant {
              return role == RowRole::severity ? QVariant(static_cast<int>(Severity::Warning)) : QVariant();
          }},
         {tr("Alert"), text<IncidentSignal>([](const IncidentSignal& s) { return s.alert; })},
         {tr("Service"), text<IncidentSignal>([](const IncidentSignal& s) { return s.service; })},
         {tr("What"), text<IncidentSignal>([](const IncidentSignal& s) { return s.summary; })},
         {tr("For"),
          [now](const IncidentSignal& s, int role) -> QVariant {
              return role == Qt::DisplayRole ? QVariant(durationText(now() - s.firedMs)) : QVariant();
          }},
         {QString(),
          [](const IncidentSignal&, int role) -> QVariant {
              return role == RowRole::buttons ? QVariant(QStringList{tr("Shelve…")}) : QVariant();
          }}},
        [](const IncidentSignal& s) { return s.fingerprint + s.alert + s.service; }, this);
    m_shelfTable->setModel(m_shelfModel);
    m_shelfTable->setStretchColumn(5);
    m_shelfTable->setHeightByRows(mostRows);
    m_standingTable->setModel(m_standingModel);
    m_standingTable->setStretchColumn(3);
    m_standingTable->setHeightByRows(mostRows);
    m_message->setWordWrap(true);
    m_message->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_message);
    layout->addWidget(new RoleLabel(context.theme, TextRole::Title, tr("Shelved"), this));
    layout->addWidget(m_shelfWords);
    layout->addWidget(m_shelfTable);
    layout->addSpacing(12);
    layout->addWidget(new RoleLabel(context.theme, TextRole::Title, tr("Standing for more than a day"), this));
    layout->addWidget(m_standingWords);
    layout->addWidget(m_standingTable);
    layout->addStretch(1);
    const auto follow = [this, &acting = context.actions.acting()] {
        m_shelfTable->setLocked(acting.why());
        m_standingTable->setLocked(acting.why());
    };
    connect(&context.actions.acting(), &Acting::changed, this, follow);
    follow();
    connect(m_shelfTable, &RowTable::buttonClicked, this,
            [this](const QModelIndex& index, int) { end(m_shelfModel->row(index.row()).id); });
    connect(m_standingTable, &RowTable::buttonClicked, this,
            [this](const QModelIndex& index, int) { shelve(m_standingModel->row(index.row())); });
    connect(&m_shelves, &FeedBase::changed, this, &ShelfPage::show);
    connect(&m_standing, &FeedBase::changed, this, &ShelfPage::show);
    show();
}

void ShelfPage::setActive(bool active)
{
    m_shelves.setActive(active);
    m_standing.setActive(active);
}

void ShelfPage::refresh()
{
    m_shelves.refresh();
    m_standing.refresh();
}

std::size_t ShelfPage::shelved() const
{
    return m_shelves.latest() ? m_shelves.latest()->shelves.size() : 0;
}

std::size_t ShelfPage::standing() const
{
    return m_standing.latest() ? m_standing.latest()->alerts.size() : 0;
}

void ShelfPage::show()
{
    const auto words = [](const FeedBase& feed, bool known, const QString& none, const QString& some) {
        return feed.error() ? QString::fromStdString(feed.error()->message) : !known ? tr("Reading…") : none + some;
    };
    m_shelfModel->setRows(m_shelves.latest() ? m_shelves.latest()->shelves : std::vector<Shelf>{});
    m_standingModel->setRows(m_standing.latest() ? m_standing.latest()->alerts : std::vector<IncidentSignal>{});
    m_shelfWords->setText(words(m_shelves, m_shelves.latest() != nullptr,
                                shelved() == 0 ? tr("Nothing is shelved: every alert is told.") : QString(),
                                shelved() > 0 ? tr("These fire into no incident and nobody is told.") : QString()));
    m_standingWords->setText(
        words(m_standing, m_standing.latest() != nullptr,
              standing() == 0 ? tr("No alert fires for more than a day.") : QString(),
              standing() > 0 ? tr("They belong to no incident any more. Repair, or shelve, or change the rule.")
                             : QString()));
    m_shelfTable->setVisible(shelved() > 0);
    m_standingTable->setVisible(standing() > 0);
    emit changed();
}

void ShelfPage::end(std::int64_t id)
{
    m_message->hide();
    m_context.api.post<QByteArray>(m_slot, QStringLiteral("/holdfast/v1/shelves/%1/end").arg(id),
                                   {{QStringLiteral("actor"), m_context.actions.actor()}}, asIs,
                                   [this](const Result<std::shared_ptr<const QByteArray>>& answer) {
                                       m_message->setVisible(!answer.ok());
                                       if (!answer)
                                           m_message->setText(QString::fromStdString(answer.error().message));
                                       refresh();
                                   });
}

void ShelfPage::shelve(const IncidentSignal& alert)
{
    askToShelve(
        m_context, m_slot, alert.alert, alert.service, [this] { refresh(); }, this);
}

void askToShelve(const ViewContext& context, RequestSlot& slot, const QString& alert, const QString& service,
                 std::function<void()> done, QWidget* parent)
{
    auto* dialog = new PickDialog(
        context.theme, ShelfPage::tr("Shelve %1 of %2").arg(alert, service),
        ShelfPage::tr("It is not told and opens no incident until then. It stays in the list of what is shelved."),
        {{QStringLiteral("900"), ShelfPage::tr("for 15 min"), {}},
         {QStringLiteral("3600"), ShelfPage::tr("for 1 h"), {}},
         {QStringLiteral("14400"), ShelfPage::tr("for 4 h"), ShelfPage::tr("the longest")},
         {QStringLiteral("clear"), ShelfPage::tr("until it clears"), ShelfPage::tr("4 h at most")}},
        PickDialog::Reason::Asked, ShelfPage::tr("Shelve"), parent);
    QObject::connect(
        dialog, &PickDialog::picked, parent,
        [&context, &slot, alert, service, done, shown = QPointer(dialog)](const QString& key, const QString& reason) {
            const bool clear = key == QLatin1String("clear");
            context.api.post<QByteArray>(slot, QStringLiteral("/holdfast/v1/shelves"),
                                         {{QStringLiteral("actor"), context.actions.actor()},
                                          {QStringLiteral("alert"), alert},
                                          {QStringLiteral("service"), service},
                                          {QStringLiteral("for_s"), clear ? 14'400 : key.toInt()},
                                          {QStringLiteral("until_clear"), clear},
                                          {QStringLiteral("reason"), reason}},
                                         asIs, [done, shown](const Result<std::shared_ptr<const QByteArray>>& answer) {
                                             if (answer && shown)
                                                 shown->accept();
                                             else if (shown)
                                                 shown->complain(QString::fromStdString(answer.error().message));
                                             if (answer)
                                                 done();
                                         });
        });
    dialog->open();
}

}  // namespace holdfast::widgets
