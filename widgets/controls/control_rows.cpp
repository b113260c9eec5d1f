#include "widgets/controls/control_rows.h"

#include "widgets/client/severity.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

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
    if (control.state == QLatin1String("open"))
        return Severity::Critical;
    return control.state == QLatin1String("half_open") ? Severity::Warning : Severity::Normal;
}

QString kOfN(std::int64_t k, std::int64_t n)
{
    return QStringLiteral("%1/%2").arg(k).arg(n);
}

QString instancesText(const Control& control)
{
    return control.n == 0 ? words("none found") : kOfN(control.k, control.n);
}

QString seenText(const Control& control, const Now& now)
{
    if (control.observedMs == 0)
        return words("never read");
    const QString age = words("%1 ago").arg(ageText(now() - control.observedMs));
    // Confirmed is the rule and needs no word; anything less is said.
    return control.quality == QLatin1String("confirmed") ? age : QStringLiteral("%1, %2").arg(control.quality, age);
}

QString rateOfLimit(const Control& control)
{
    if (!control.failureRatio)
        return QStringLiteral("–");
    if (!control.failureLimit)
        return ratioText(*control.failureRatio);
    return QStringLiteral("%1 / %2").arg(ratioText(*control.failureRatio), ratioText(*control.failureLimit));
}

QString holdText(const std::optional<Lease>& lease, const Now& now)
{
    if (!lease)
        return QStringLiteral("–");
    return words("%1 · %2").arg(countdownText(lease->untilMs - now()), lease->actor);
}

QVariant buttonsOf(const Control& control)
{
    QStringList labels;
    for (const ControlOption& option : usefulOptions(control))
        labels << option.label;
    return labels;
}

template <typename Text>
std::function<QVariant(const Control&, int)> controlColumn(Text text, bool right = false)
{
    return [text, right](const Control& control, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return text(control);
        if (role == Qt::TextAlignmentRole && right)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    };
}

QVariant firstColumn(const Control& control, int role)
{
    if (role == RowRole::severity)
        return shape(severityOf(control));
    if (role == RowRole::held)
        return control.forced();
    if (role == Qt::AccessibleTextRole)
        return control.word;
    return {};
}

QVariant wordColumn(const Control& control, int role)
{
    if (role == Qt::DisplayRole)
        return control.word;
    if (role == RowRole::severity)
        return shape(severityOf(control));
    return {};
}

QVariant actionColumn(const Control& control, int role)
{
    if (role == RowRole::buttons)
        return buttonsOf(control);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return control.locked;
    if (role == RowRole::dim)
        return true;
    return {};
}

}  // namespace

std::vector<ControlOption> usefulOptions(const Control& control)
{
    if (!control.locked.isEmpty())
        return {};
    std::vector<ControlOption> options;
    const QString mode = modeOf(control);
    for (const ControlOption& option : control.options) {
        if (option.value != mode)
            options.push_back(option);
    }
    return options;
}

BreakerModel* makeBreakerModel(Now now, QObject* parent)
{
    return new BreakerModel(
        {{QString(), firstColumn},
         {words("Caller → callee"), controlColumn([](const Control& c) {
              return QStringLiteral("%1 → %2").arg(c.service, c.callee.isEmpty() ? c.name : c.callee);
          })},
         {words("Observed"), wordColumn},
         {words("Instances"), controlColumn(instancesText)},
         {words("Failing"), controlColumn(rateOfLimit, true)},
         {words("Refused"),
          controlColumn([](const Control& c) { return c.refusedPerS ? rateText(*c.refusedPerS) : QStringLiteral("–"); },
                        true)},
         {words("Read"), controlColumn([now](const Control& c) { return seenText(c, now); })},
         {words("Held"), controlColumn([now](const Control& c) { return holdText(c.lease, now); })},
         {words("Action"), actionColumn}},
        [](const Control& control) { return control.id; }, parent);
}

FlagModel* makeFlagModel(Now now, QObject* parent)
{
    return new FlagModel(
        {{QString(), firstColumn},
         {words("Service: flag"),
          controlColumn([](const Control& c) { return QStringLiteral("%1: %2").arg(c.service, c.name); })},
         {words("Observed"), wordColumn},
         {words("Instances"), controlColumn(instancesText)},
         {words("What users notice"), controlColumn([](const Control& c) { return c.effect; })},
         {words("Read"), controlColumn([now](const Control& c) { return seenText(c, now); })},
         {words("Held"), controlColumn([now](const Control& c) { return holdText(c.lease, now); })},
         {words("Action"), actionColumn}},
        [](const Control& control) { return control.id; }, parent);
}

HoldModel* makeHoldModel(Now now, QObject* parent)
{
    const auto column = [](auto text) {
        return [text](const Lease& lease, int role) -> QVariant {
            return role == Qt::DisplayRole ? QVariant(text(lease)) : QVariant();
        };
    };
    return new HoldModel(
        {{QString(),
          [now](const Lease& lease, int role) -> QVariant {
              if (role == RowRole::held)
                  return lease.untilMs > now();
              if (role == RowRole::severity)
                  return shape(lease.untilMs > now() ? Severity::Normal : Severity::Critical);
              return {};
          }},
         {words("Control"), column([](const Lease& l) { return l.control; })},
         {words("Observed"), column([](const Lease& l) { return l.word; })},
         {words("Verified"),
          [now](const Lease& l, int role) -> QVariant {
              if (role == Qt::DisplayRole) {
                  const QString drift = l.drifted > 0 ? words(" · %1 drifted").arg(l.drifted) : QString();
                  return words("%1, %2 ago").arg(kOfN(l.k, l.n), ageText(now() - l.verifiedMs)) + drift;
              }
              return role == RowRole::severity ? shape(l.drifted > 0 ? Severity::Warning : Severity::Normal)
                                               : QVariant();
          }},
         {words("Ends in"), column([now](const Lease& l) { return countdownText(l.untilMs - now()); })},
         {words("Kept by"), column([](const Lease& l) {
              return l.keeper == QLatin1String("service") ? words("the service") : words("this computer");
          })},
         {words("Who"), column([](const Lease& l) { return l.actor; })},
         {words("Reason"), column([](const Lease& l) { return l.reason; })},
         {words("Action"),
          [](const Lease&, int role) -> QVariant {
              return role == RowRole::buttons ? QVariant(QStringList{words("+15 min"), words("Release")}) : QVariant();
          }}},
        [](const Lease& lease) { return QString::number(lease.id); }, parent);
}

HistoryModel* makeHistoryModel(Now now, QObject* parent)
{
    const auto column = [](auto text) {
        return [text](const Action& action, int role) -> QVariant {
            return role == Qt::DisplayRole ? QVariant(text(action)) : QVariant();
        };
    };
    const auto failed = [](const Action& action) {
        return action.state == QLatin1String("failed") || action.state == QLatin1String("revert_failed")
               || action.state == QLatin1String("contradicted");
    };
    const auto severity = [failed](const Action& action) {
        if (failed(action))
            return Severity::Critical;
        const bool unsure = action.state == QLatin1String("partial") || action.state == QLatin1String("ambiguous")
                            || action.state == QLatin1String("unverifiable");
        return unsure ? Severity::Warning : Severity::Normal;
    };
    return new HistoryModel(
        {{QString(),
          [severity](const Action& a, int role) -> QVariant {
              return role == RowRole::severity ? shape(severity(a)) : QVariant();
          }},
         {words("When"), column([now](const Action& a) { return timeText(a.createdMs, now()); })},
         {words("Who"), column([](const Action& a) { return a.actor; })},
         {words("Control"), column([](const Action& a) { return a.control; })},
         {words("Change"), column([](const Action& a) { return QStringLiteral("%1 → %2").arg(a.from, a.to); })},
         {words("Outcome"),
          [severity](const Action& a, int role) -> QVariant {
              if (role == Qt::DisplayRole)
                  return a.message.isEmpty() ? a.state : a.message;
              return role == RowRole::severity ? shape(severity(a)) : QVariant();
          }},
         {words("Reason"), column([](const Action& a) { return a.reason; })}},
        [](const Action& action) { return QString::number(action.id); }, parent);
}

}  // namespace holdfast::widgets
