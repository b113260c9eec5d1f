#include "app/rules/template/alert_template.h"

#include <QtTest>

using namespace holdfast;
using namespace holdfast::rules;

namespace {

Result<promql::InstantVector> twoSeries(std::string_view expression)
{
    if (expression != "up")
        return Error{.message = "no such series"};
    const auto labels = [](const char* instance) {
        return std::make_shared<const LabelSet>(LabelSet{{"__name__", "up"}, {"instance", instance}});
    };
    return promql::InstantVector{{labels("b"), {0, 2}}, {labels("a"), {0, 1}}};
}

Result<std::string> expand(std::string_view text, double value = 0.0512)
{
    const auto parsed = AlertTemplate::parse(text);
    if (!parsed.ok())
        return parsed.error();
    return parsed->expand({.labels = LabelSet{{"service", "pay"}, {"instance", "host.example:9100"}},
                           .value = value,
                           .externalLabels = LabelSet{{"dc", "eu"}}},
                          {.query = twoSeries, .externalUrl = "http://x/holdfast"});
}

}  // namespace

class AlertTemplateTest : public QObject {
    Q_OBJECT

private slots:
    // The expected texts are those of `promtool test rules` of Prometheus 2.42.
    void expandsLikePrometheus_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* text, double value, const char* expected) {
            QTest::newRow(text) << QString(text) << value << QString(expected);
        };
        row("plain { text }", 0, "plain { text }");
        row("{{ $labels.service }} {{ $labels.missing }}|", 0, "pay |");
        row("{{ .Labels.service }} {{ .Value }}", 0.5, "pay 0.5");
        row("{{ $value }}", 1e21, "1e+21");
        row("{{ $value | humanizePercentage }}", 0.0512, "5.12%");
        row("{{ humanize $value }}", 1234567, "1.235M");
        row("{{ humanize $value }}", 0.0012, "1.2m");
        row("{{ humanize1024 $value }}", 2048, "2ki");
        row("{{ humanizeDuration $value }}", 3661, "1h 1m 1s");
        row("{{ humanizeDuration $value }}", 0.25, "250ms");
        row("{{ humanizeDuration $value }}", -90, "-1m 30s");
        row("{{ humanizeTimestamp $value }}", 1435065584.128, "2015-06-23 13:19:44.128 +0000 UTC");
        row("{{ printf \"%.1f and %05d|%-4s|%q\" $value 42 \"ab\" \"c\" }}", 14.44, "14.4 and 00042|ab  |\"c\"");
        row("{{ printf \"%d\" $value }}", 1.5, "%!d(float64=1.5)");
        row("{{ $labels.service | toUpper | printf \"%s!\" }} {{ title \"on call\" }}", 0, "PAY! On Call");
        row("{{ reReplaceAll \"(.*):(.*)\" \"$2-${1}\" $labels.instance }}", 0, "9100-host.example");
        row("{{ if match \"^p.y$\" $labels.service }}yes{{ else }}no{{ end }}", 0, "yes");
        row("{{ if gt $value 1.0 }}high{{ else if gt $value 0.01 }}some{{ else }}none{{ end }}", 0.5, "some");
        row("{{ range query \"up\" | sortByLabel \"instance\" }}{{ .Labels.instance }}={{ .Value }} {{ end }}", 0,
            "a=1 b=2 ");
        row("{{ range $i, $s := query \"up\" }}{{ if $i }}, {{ end }}{{ label \"instance\" $s }}{{ end }}", 0, "b, a");
        row("{{ with query \"up\" }}{{ . | first | value }}{{ end }}", 0, "2");
        row("{{ with \"\" }}set{{ else }}empty{{ end }}", 0, "empty");
        row("a {{- /* not shown */ -}} b", 0, "ab");
        row("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}", 0, "2");
        row("{{ define \"t\" }}<{{ . }}>{{ end }}{{ template \"t\" $labels.service }}", 0, "<pay>");
        row("{{ and true 0 }} {{ or \"\" \"b\" }} {{ not false }} {{ eq 1 2 1 }} {{ len \"abc\" }}", 0,
            "0 b true true 3");
        row("{{ $externalLabels.dc }} {{ externalURL }} {{ pathPrefix }}", 0, "eu http://x/holdfast /holdfast");
        row("{{ stripPort $labels.instance }} {{ stripDomain $labels.instance }}", 0, "host.example host:9100");
        row("{{ (query \"up\" | first).Labels.instance }}", 0, "b");
        row("{{ index $labels \"service\" }} {{ (args 1 2).arg1 }}", 0, "pay 2");
    }
    void expandsLikePrometheus()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        QFETCH(QString, expected);
        const auto result = expand(text.toStdString(), value);
        QVERIFY2(result.ok(), result.ok() ? "" : result.error().message.c_str());
        QCOMPARE(QString::fromStdString(*result), expected);
    }

    void refusesWhatDoesNotParse_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"{{ $labels.x", "{{ nofunction 1 }}", "{{ $undefined }}", "{{ end }}", "{{ if true }}",
                                 "{{ }}", "{{ \"open }}", "{{ (1 }}", "{{ 1 | 2 }}", "{{ break }}", "{{ /* }}"})
            QTest::newRow(text) << QString(text);
    }
    void refusesWhatDoesNotParse()
    {
        QFETCH(QString, text);
        QVERIFY(!AlertTemplate::parse(text.toStdString()).ok());
    }

    void failsWhenAFunctionCannotAnswer()
    {
        QVERIFY(!expand("{{ query \"down\" | first }}").ok());
        QVERIFY(!expand("{{ humanize \"abc\" }}").ok());
        QVERIFY(!expand("{{ gt 1 1.0 }}").ok());
    }

    void endsATemplateThatProducesTooMuch()
    {
        QVERIFY(!expand("{{ range 90000 }}{{ range 90000 }}aaaaaaaa{{ end }}{{ end }}").ok());
    }
};

QTEST_GUILESS_MAIN(AlertTemplateTest)
#include "tst_alert_template.moc"
