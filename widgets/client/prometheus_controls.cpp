#include "widgets/client/prometheus_controls.h"

#include "app/base/number_text.h"
#include "widgets/client/json_fields.h"
#include "widgets/client/prometheus_names.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("PrometheusControls", text);
}

struct StateWord {
    const char* state;
    const char* word;
    const char* meaning;
};

/// Mildest first; the worst state of a mixed breaker is the one that is told.
constexpr std::array<StateWord, 7> states{{
    {"closed", QT_TRANSLATE_NOOP("PrometheusControls", "CLOSED – passing calls"), "normal"},
    {"half_open", QT_TRANSLATE_NOOP("PrometheusControls", "HALF-OPEN – trying some calls"), "trying"},
    {"disabled", QT_TRANSLATE_NOOP("PrometheusControls", "BYPASSED – breaker disabled"), "bypassed"},
    {"metrics_only", QT_TRANSLATE_NOOP("PrometheusControls", "BYPASSED – breaker disabled"), "bypassed"},
    {"open", QT_TRANSLATE_NOOP("PrometheusControls", "OPEN – rejecting calls"), "rejecting"},
    {"forced_closed", QT_TRANSLATE_NOOP("PrometheusControls", "FORCED CLOSED – passing calls"), "normal"},
    {"forced_open", QT_TRANSLATE_NOOP("PrometheusControls", "FORCED OPEN – rejecting calls"), "rejecting"},
}};

std::size_t rankOf(const QString& state)
{
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (state == QLatin1String(states[i].state))
            return i;
    }
    return 0;
}

Control& controlOf(ControlList& list, const QString& id)
{
    const auto found = std::ranges::find(list.controls, id, &Control::id);
    if (found != list.controls.end())
        return *found;
    list.controls.emplace_back();
    list.controls.back().id = id;
    return list.controls.back();
}

}  // namespace

QString prometheusBreakerQuery()
{
    QStringList metrics;
    for (const PrometheusBreakers& breaker : prometheusBreakers())
        metrics << QLatin1String(breaker.metric);
    return QStringLiteral("count by (job, name, callee, state) ({__name__=~\"%1\"} == 1)")
        .arg(metrics.join(QLatin1Char('|')));
}

Result<ControlList> decodePrometheusControls(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    if (textField(root, "status") != QLatin1String("success"))
        return Error{textField(root, "error").toStdString(), ErrorKind::BadInput};
    ControlList list;
    for (const auto& item : objectField(root, "data").value(QLatin1String("result")).toArray()) {
        const QJsonObject series = item.toObject();
        const QJsonObject labels = objectField(series, "metric");
        const QJsonArray sample = series.value(QLatin1String("value")).toArray();
        const auto count = parseDouble(sample.at(1).toString().toStdString());
        if (!count)
            continue;
        const QString service = textField(labels, "job");
        const QString name = textField(labels, "name");
        Control& control = controlOf(list, QStringLiteral("%1/breaker/%2").arg(service, name));
        const QString callee = textField(labels, "callee");
        const QString state = textField(labels, "state").toLower();
        control.service = service;
        control.name = name;
        control.callee = callee.isEmpty() ? name : callee;
        control.quality = QStringLiteral("inferred");
        control.locked = words("attached to a Prometheus – reading only");
        control.observedMs = std::llround(sample.at(0).toDouble() * 1000);
        const auto instances = static_cast<std::int64_t>(std::llround(*count));
        control.n += instances;
        if (!control.state.isEmpty() && rankOf(state) < rankOf(control.state))
            continue;
        const StateWord& word = states[rankOf(state)];
        control.state = QLatin1String(word.state);
        control.word = words(word.word);
        control.meaning = QLatin1String(word.meaning);
        control.k = instances;
    }
    return list;
}

}  // namespace holdfast::widgets
