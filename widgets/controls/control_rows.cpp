#include "widgets/controls/control_rows.h"

#include "widgets/client/severity.h"
#include "widgets/controls/control_card.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

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
    for (const ControlInstance& instance : control.instances) {
        if (!instance.metrics.isEmpty() && !instance.state.isEmpty() && instance.metrics != instance.state)
            return words("API ✓ metrics ✗, %1").arg(age);
    }
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

QString holdText(const Control& control, const Now& now)
{
    if (control.lease)
        return words("%1 · %2").arg(countdownText(control.lease->untilMs - now()), control.lease->actor);
    return control.forced() ? words("not from here") : QStringLiteral("–");
}

/// "FORCED OPEN by ana – rejecting calls": the fixed words, and who it was where that is known.
QString observedText(const Control& control)
{
    if (!control.lease || !control.word.startsWith(QLatin1String("FORCED")))
        return control.word;
    const int dash = static_cast<int>(control.word.indexOf(QStringLiteral(" – ")));
    const QString by = words(" by %1").arg(control.lease->actor);
    return dash < 0 ? control.word + by : control.word.left(dash) + by + control.word.mid(dash);
}

QVariant buttonsOf(const Control& control)
{
    QStringList labels;
    for (const ControlOption& option : usefulOptions(control))
        labels << option.label;
    return labels;
}

template <typename Text>
std::function<QVariant(const ControlRef&, int)> controlColumn(Text text, bool right = false)
{
    return [text, right](const ControlRef& control, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return text(*control);
        if (role == Qt::TextAlignmentRole && right)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    };
}

QVariant firstColumn(const ControlRef& ref, int role)
{
    const Control& control = *ref;
    if (role == RowRole::severity)
        return shape(severityOf(control));
    if (role == RowRole::held)
        return control.forced();
    if (role == Qt::AccessibleTextRole)
        return control.word;
    return {};
}

QVariant wordColumn(const ControlRef& ref, int role)
{
    const Control& control = *ref;
    if (role == Qt::DisplayRole)
        return observedText(control);
    if (role == RowRole::severity)
        return shape(severityOf(control));
    return {};
}

QVariant actionColumn(const ControlRef& ref, int role)
{
    const Control& control = *ref;
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
    if (control.takesValues())
        options.push_back({QString(), words("Set…")});
    return options;
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

std::vector<ControlRef> filteredControls(const std::shared_ptr<const ControlList>& list, const QString& filter)
{
    std::vector<ControlRef> left;
    if (!list)
        return left;
    left.reserve(list->controls.size());
    const QStringList wanted = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto fits = [&wanted](const Control& control) {
        return std::all_of(wanted.begin(), wanted.end(), [&control](const QString& word) {
            const auto has = [&word](const QString& text) { return text.contains(word, Qt::CaseInsensitive); };
            return has(control.service) || has(control.name) || has(control.callee) || has(control.word)
                   || has(control.group);
        });
    };
    for (const Control& control : list->controls) {
        if (wanted.isEmpty() || fits(control))
            left.emplace_back(list, &control);
    }
    return left;
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
         {words("Failure rate / limit"), controlColumn(rateOfLimit, true)},
         {words("Refused"),
          controlColumn([](const Control& c) { return c.refusedPerS ? rateText(*c.refusedPerS) : QStringLiteral("–"); },
                        true)},
         {words("Read"), controlColumn([now](const Control& c) { return seenText(c, now); })},
         {words("Held"), controlColumn([now](const Control& c) { return holdText(c, now); })},
         {words("Action"), actionColumn}},
        [](const ControlRef& control) { return control->id; }, parent);
}

FlagModel* makeFlagModel(Now now, QObject* parent)
{
    return new FlagModel(
        {{QString(), firstColumn},
         {words("Service: flag"),
          controlColumn([](const Control& c) { return QStringLiteral("%1: %2").arg(c.service, c.name); })},
         {words("Observed"), wordColumn},
         {words("Instances"), controlColumn(instancesText)},
         {words("Default"), controlColumn([](const Control& c) {
              return c.resting.isEmpty() ? words("as it was") : words("the service decides");
          })},
         {words("What users notice"), controlColumn([](const Control& c) { return c.effect; })},
         {words("Read"), controlColumn([now](const Control& c) { return seenText(c, now); })},
         {words("Held"), controlColumn([now](const Control& c) { return holdText(c, now); })},
         {words("Action"), actionColumn}},
        [](const ControlRef& control) { return control->id; }, parent);
}

FlagModel* makeOneShotModel(Now now, QObject* parent)
{
    return new FlagModel(
        {{QString(), firstColumn},
         {words("Service: what"),
          controlColumn([](const Control& c) { return QStringLiteral("%1: %2").arg(c.service, c.name); })},
         {words("Observed"), wordColumn},
         {words("Instances"), controlColumn(instancesText)},
         {words("What it does"), controlColumn([](const Control& c) { return c.effect; })},
         {words("Read"), controlColumn([now](const Control& c) { return seenText(c, now); })},
         {words("Held"), controlColumn([now](const Control& c) { return holdText(c, now); })},
         {words("Action"), actionColumn}},
        [](const ControlRef& control) { return control->id; }, parent);
}

}  // namespace holdfast::widgets
