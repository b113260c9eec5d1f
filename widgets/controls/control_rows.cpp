#include "widgets/controls/control_rows.h"

#include "widgets/client/severity.h"
#include "widgets/controls/control_card.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <array>
#include <iterator>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Controls", text);
}

QVariant shape(Severity severity)
{
    return static_cast<int>(severity);
}

Severity severityOf(const Control& control)
{
    if (control.quality == QLatin1String("unknown") || control.quality == QLatin1String("stale"))
        return Severity::Unknown;
    if (control.forced())
        return Severity::Normal;  // a person's decision is no fault; the row is marked as held
    return controlSeverity(control);
}

QString kOfN(std::int64_t k, std::int64_t n)
{
    return QStringLiteral("%1/%2").arg(k).arg(n);
}

QString seenText(const Control& control, const Now& now)
{
    if (control.observedMs == 0)
        return words("never read");
    const QString age = words("%1 ago").arg(ageText(now() - control.observedMs));
    if (const QString metrics = metricsDisagree(control); !metrics.isEmpty())
        return words("%1; metrics still say %2").arg(age, metrics);
    // Confirmed is the rule and needs no word; anything less is said.
    return control.quality == QLatin1String("confirmed") ? age : QStringLiteral("%1, %2").arg(age, control.quality);
}

QVariant seenColumn(const ControlRow& row, int role, const Now& now)
{
    const Control& control = *row.control;
    if (role == Qt::DisplayRole)
        return seenText(control, now);
    if (role == RowRole::wrap)
        return true;
    if (role != Qt::ToolTipRole)
        return {};
    const QString metrics = metricsDisagree(control);
    if (metrics.isEmpty())
        return control.quality == QLatin1String("confirmed")
                   ? words("Read from the service itself; its metrics say the same.")
                   : words("Known from one side only, or not lately: from the service itself or from its metrics.");
    return words("The service itself says %1. Its metrics still say %2: they follow with the next scrape. If they do "
                 "not, "
                 "believe neither: look at the instances.")
        .arg(QString(control.state).replace(QLatin1Char('_'), QLatin1Char(' ')), metrics);
}

QString rateOfLimit(const Control& control)
{
    if (!control.failureRatio)
        return QStringLiteral("–");
    if (!control.failureLimit)
        return ratioText(*control.failureRatio);
    return QStringLiteral("%1 / %2").arg(ratioText(*control.failureRatio), ratioText(*control.failureLimit));
}

QString holdText(const Control& control, const Now& now)
{
    if (control.lease)
        return words("%1 · %2").arg(countdownText(control.lease->untilMs - now()), control.lease->actor);
    return control.forced() ? words("not from here") : QStringLiteral("–");
}

/// "FORCED OPEN by ana – rejecting calls" for a hold of ours; the engine's word, which names nobody, for all else.
QString observedText(const Control& control)
{
    if (!control.lease)
        return control.word;
    if (control.state == QLatin1String("forced_open"))
        return words("FORCED OPEN by %1 – rejecting calls").arg(control.lease->actor);
    if (control.state == QLatin1String("forced_closed"))
        return words("FORCED CLOSED by %1 – passing calls").arg(control.lease->actor);
    if (control.state == QLatin1String("forced_on"))
        return words("FORCED ON by %1").arg(control.lease->actor);
    return control.state == QLatin1String("forced_off") ? words("FORCED OFF by %1").arg(control.lease->actor)
                                                        : control.word;
}

ControlModel::Column controlColumn(const QString& title, std::function<QString(const Control&)> text,
                                   bool right = false)
{
    return {title, [text = std::move(text), right](const ControlRow& row, int role) -> QVariant {
                if (role == Qt::DisplayRole)
                    return text(*row.control);
                if (role == Qt::TextAlignmentRole && right)
                    return int(Qt::AlignRight | Qt::AlignVCenter);
                return role == RowRole::wrap && !right ? QVariant(true) : QVariant();
            }};
}

QVariant firstColumn(const ControlRow& row, int role)
{
    const Control& control = *row.control;
    if (role == RowRole::severity)
        return shape(severityOf(control));
    if (role == RowRole::held)
        return control.forced();
    if (role == Qt::AccessibleTextRole)
        return control.word;
    return {};
}

QVariant wordColumn(const ControlRow& row, int role)
{
    const Control& control = *row.control;
    if (role == Qt::DisplayRole)
        return observedText(control);
    if (role == RowRole::severity)
        return shape(severityOf(control));
    return role == RowRole::wrap ? QVariant(true) : QVariant();
}

QVariant effectColumn(const ControlRow& row, int role)
{
    if (role == Qt::DisplayRole)
        return row.control->effect;
    return role == RowRole::wrap ? QVariant(true) : QVariant();
}

/// While something waits for its eight seconds nothing is offered; Undo stands elsewhere, where a second click on what
/// was pressed does not reach it.
QVariant actionColumn(const ControlRow& row, int role, const Pending& pending)
{
    const Control& control = *row.control;
    const QString waits = pending ? pending(control.id) : QString();
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return waits.isEmpty() ? control.locked : waits;
    if (role == RowRole::dim)
        return waits.isEmpty();
    if (role != RowRole::buttons && role != RowRole::idle)
        return {};
    QStringList labels;
    QList<int> idle;
    for (const RowAct& act : rowActs(control)) {
        if (!act.offered || !waits.isEmpty())
            idle << static_cast<int>(labels.size());
        labels << (control.highBlast ? act.option.label + QStringLiteral("…") : act.option.label);  // it asks first
    }
    return role == RowRole::buttons ? QVariant(labels) : QVariant::fromValue(idle);
}

/// The columns of a list of controls: a heading has none of them, and what the filter does not match is dim.
ControlModel* makeModel(std::vector<ControlModel::Column> columns, QObject* parent)
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].data = [read = std::move(columns[i].data), first = i == 0](const ControlRow& row,
                                                                              int role) -> QVariant {
            if (row.control)
                return role == RowRole::dim && row.outside ? QVariant(true) : read(row, role);
            const bool named = role == RowRole::heading || role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
            return first && named ? QVariant(row.heading) : QVariant();
        };
    }
    return new ControlModel(
        std::move(columns), [](const ControlRow& row) { return row.control ? row.control->id : row.heading; }, parent);
}

ControlModel::Column readColumn(const Now& now)
{
    return {words("Read"), [now](const ControlRow& row, int role) { return seenColumn(row, role, now); }};
}

ControlModel::Column heldColumn(const Now& now)
{
    return controlColumn(words("Held"), [now](const Control& c) { return holdText(c, now); });
}

ControlModel::Column buttonColumn(const Pending& pending)
{
    return {words("Action"), [pending](const ControlRow& row, int role) { return actionColumn(row, role, pending); }};
}

}  // namespace

std::vector<RowAct> rowActs(const Control& control)
{
    std::vector<RowAct> acts;
    const QString mode = modeOf(control);
    for (const ControlOption& option : control.options) {
        // A flag that is off by itself is not switched off: to keep it so is in the row's menu.
        const bool seenSo = control.kind == ControlKind::Flag && !control.forced()
                            && option.value == QStringLiteral("forced_") + control.state;
        const bool nothing = option.value == mode || seenSo || (control.rests(option.value) && control.rests(mode));
        acts.push_back({option, control.locked.isEmpty() && !nothing});
    }
    if (control.takesValues())
        acts.push_back({{QString(), words("Set…")}, control.locked.isEmpty()});
    return acts;
}

std::vector<ControlOption> usefulOptions(const Control& control)
{
    if (!control.locked.isEmpty())
        return {};
    std::vector<ControlOption> options;
    const QString mode = modeOf(control);
    for (const RowAct& act : rowActs(control)) {
        if (act.option.value.isEmpty() || act.option.value != mode)
            options.push_back(act.option);
    }
    return options;
}

QString metricsDisagree(const Control& control)
{
    for (const ControlInstance& instance : control.instances) {
        if (!instance.metrics.isEmpty() && !instance.state.isEmpty() && instance.metrics != instance.state)
            return QString(instance.metrics).replace(QLatin1Char('_'), QLatin1Char(' '));
    }
    return {};
}

QString instancesText(const Control& control)
{
    if (control.n == 0)
        return words("none found");
    QString text = kOfN(control.k, control.n);
    QMap<QString, int> others;
    for (const ControlInstance& instance : control.instances) {
        if (instance.state != control.state && instance.quality != QLatin1String("stale"))
            ++others[instance.state.isEmpty() ? words("unknown")
                                              : QString(instance.state).replace(QLatin1Char('_'), QLatin1Char(' '))];
    }
    if (others.isEmpty() || control.k == control.n)
        return text;
    text += QLatin1Char(' ') + QString(control.state).replace(QLatin1Char('_'), QLatin1Char(' '));
    for (auto other = others.begin(); other != others.end(); ++other)
        text += QStringLiteral(", %1 %2").arg(other.value()).arg(other.key());
    return text;
}

std::vector<ControlRef> controlRefs(const std::shared_ptr<const ControlList>& list)
{
    std::vector<ControlRef> all;
    if (!list)
        return all;
    all.reserve(list->controls.size());
    for (const Control& control : list->controls)
        all.emplace_back(list, &control);
    return all;
}

std::vector<ControlRow> filteredControls(const std::shared_ptr<const ControlList>& list, const QString& filter)
{
    std::vector<ControlRow> left;
    const QStringList wanted = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto fits = [&wanted](const Control& control) {
        return std::all_of(wanted.begin(), wanted.end(), [&control](const QString& word) {
            const auto has = [&word](const QString& text) { return text.contains(word, Qt::CaseInsensitive); };
            return has(control.service) || has(control.name) || has(control.callee) || has(control.word)
                   || has(control.group);
        });
    };
    for (ControlRef& control : controlRefs(list)) {
        const bool inside = wanted.isEmpty() || fits(*control);
        if (!inside && !control->forced())
            continue;
        left.emplace_back(std::move(control));
        left.back().outside = !inside;
    }
    return left;
}

std::vector<ControlRow> groupedFlags(std::vector<ControlRow> flags)
{
    struct Group {
        QString title;
        std::vector<ControlRow> rows;
    };
    std::array<Group, 5> groups{{{words("Degradation – gives something up so that the rest holds"), {}},
                                 {words("Features"), {}},
                                 {words("Other flags"), {}},
                                 {words("Limits and values"), {}},
                                 {words("Fault injection – breaks something on purpose, for exercises"), {}}}};
    for (ControlRow& row : flags) {
        const Control& control = *row.control;
        const std::size_t group = control.kind != ControlKind::Flag                  ? 3
                                  : control.flagKind == QLatin1String("degradation") ? 0
                                  : control.flagKind == QLatin1String("feature")     ? 1
                                  : control.flagKind == QLatin1String("fault")       ? 4
                                                                                     : 2;
        groups[group].rows.push_back(std::move(row));
    }
    std::vector<ControlRow> all;
    for (Group& group : groups) {
        if (group.rows.empty())
            continue;
        all.emplace_back(group.title);
        std::ranges::move(group.rows, std::back_inserter(all));
    }
    return all;
}

ControlModel* makeBreakerModel(Now now, QObject* parent, Pending pending)
{
    return makeModel(
        {{QString(), firstColumn},
         controlColumn(words("Caller → callee"),
                       [](const Control& c) {
                           return QStringLiteral("%1 → %2").arg(c.service, c.callee.isEmpty() ? c.name : c.callee);
                       }),
         {words("Observed"), wordColumn},
         controlColumn(words("Instances"), instancesText),
         controlColumn(words("Failure rate / limit"), rateOfLimit, true),
         controlColumn(
             words("Refused"),
             [](const Control& c) { return c.refusedPerS ? rateText(*c.refusedPerS) : QStringLiteral("–"); }, true),
         readColumn(now),
         heldColumn(now),
         buttonColumn(pending)},
        parent);
}

ControlModel* makeFlagModel(Now now, QObject* parent, Pending pending)
{
    return makeModel({{QString(), firstColumn},
                      controlColumn(words("Service: flag"),
                                    [](const Control& c) { return QStringLiteral("%1: %2").arg(c.service, c.name); }),
                      {words("Observed"), wordColumn},
                      controlColumn(words("Instances"), instancesText),
                      controlColumn(words("Default"),
                                    [](const Control& c) {
                                        return c.resting.isEmpty() ? words("as it was") : words("the service decides");
                                    }),
                      {words("What users notice"), effectColumn},
                      readColumn(now),
                      heldColumn(now),
                      buttonColumn(pending)},
                     parent);
}

ControlModel* makeOneShotModel(Now now, QObject* parent, Pending pending)
{
    return makeModel({{QString(), firstColumn},
                      controlColumn(words("Service: what"),
                                    [](const Control& c) { return QStringLiteral("%1: %2").arg(c.service, c.name); }),
                      {words("Observed"), wordColumn},
                      controlColumn(words("Instances"), instancesText),
                      {words("What it does"), effectColumn},
                      readColumn(now),
                      heldColumn(now),
                      buttonColumn(pending)},
                     parent);
}

}  // namespace holdfast::widgets
