#include "app/control/adapters/preset.h"
#include "app/control/preset_facts.h"

#include <QTest>

#include <string>

using namespace holdfast;
using namespace holdfast::control;

namespace {

/// A preset that is right; the rows of the tests put something wrong into it.
const std::string kRight = R"(preset: mine
kind: flag
settings:
  base: {default: /flags}
list:
  - get: "{base|slashes}"
    each: /*
    name: $key
    value: /on
states:
  - {value: "true", state: "on", mode: "on", meaning: reduced}
  - {value: "false", state: "off", mode: "off", meaning: normal}
options:
  - {mode: "on", label: On, put: "/flags/{name}", json: {on: true}}
  - {mode: "off", label: Off, put: "/flags/{name}", json: {on: false}}
answers:
  - {status: 200, means: accepted}
)";

std::string with(const std::string& what, const std::string& instead)
{
    std::string text = kRight;
    text.replace(text.find(what), what.size(), instead);
    return text;
}

PresetTemplate words(const char* text)
{
    return *PresetTemplate::parse(text);
}

}  // namespace

class TestPreset : public QObject {
    Q_OBJECT

private slots:
    void everyBuiltInPresetIsRight_data()
    {
        QTest::addColumn<QString>("name");
        for (const BuiltinPreset& preset : builtinPresets())
            QTest::newRow(std::string(preset.name).c_str())
                << QString::fromUtf8(preset.name.data(), preset.name.size());
    }
    void everyBuiltInPresetIsRight()
    {
        QFETCH(QString, name);
        config::ControlGroupConfig group;
        group.name = group.adapter = name.toStdString();
        const auto facts = presetFacts(group, false);
        QVERIFY2(facts.ok(), facts.ok() ? "" : facts.error().message.c_str());
        QCOMPARE(facts->name, name.toStdString());
        QVERIFY(!facts->title.empty() && !facts->about.empty() && !facts->proven.empty());
        for (const PresetSketch& sketch : facts->requests)
            QVERIFY2(sketch.request.find("nothing: ") == std::string::npos, sketch.request.c_str());
    }

    void saysWhereAPresetIsWrong_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const std::string& yaml, const char* message) {
            QTest::newRow(name) << QString::fromStdString(yaml) << message;
        };
        row("a key that is not there", with("kind: flag", "kidn: flag"), "my.yml:2:1: unknown key \"kidn\"");
        row("a kind that is not there", with("kind: flag", "kind: door"), "my.yml:2:1: kind: expected one of");
        row("no list", with("list:", "lists:"), "my.yml:5:1: unknown key \"lists\"");
        row("a variable nobody sets", with("/flags/{name}", "/flags/{nmae}"), "my.yml:14:29: {nmae} is not known here");
        row("a name in a list", with("{base|slashes}", "/{name}"), "my.yml:6:5: {name} is not known here");
        row("a filter", with("{base|slashes}", "{base|slash}"), "unknown filter \"slash\"");
        row("a brace", with("{base|slashes}", "/{base"), "a { without its }");
        row("a pointer", with("/on", "on"), "\"on\" is no JSON pointer");
        row("a star elsewhere", with("value: /on", "value: /on/*"), "my.yml:9:5: list[0].value: * stands only in each");
        row("no answer is success", with("means: accepted", "means: rejected"), "say which answer means accepted");
        row("a status", with("status: 200", "status: 2x0"), "expected a status like 200");
        row("no meaning", with(", meaning: normal", ""), "my.yml:12:5: states[1]: a state says its meaning to traffic");
        row("an act that is a GET", with("put: \"/flags/{name}\", json: {on: true}", "get: \"/flags/{name}\""),
            "an act is no GET");
        row("a way back that is none", with("kind: flag", "kind: flag\nresting: auto"),
            "\"auto\" is none of the options");
        row("a pattern", with("value: /on", "value: {at: /on, match: \"(\"}"), "is no regular expression");
        row("no YAML", with("preset: mine", "preset: [mine"), "my.yml:");
    }
    void saysWhereAPresetIsWrong()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, message);
        const auto preset = readPreset(yaml.toStdString(), "my.yml", {});
        QVERIFY(!preset.ok());
        QVERIFY2(QString::fromStdString(preset.error().message).contains(message), preset.error().message.c_str());
    }
    void readsTheOneThatIsRight() { QVERIFY(readPreset(kRight, "my.yml", {}).ok()); }

    void refusesASettingThatThePresetDoesNotHave()
    {
        config::ControlGroupConfig group;
        group.adapter = "etcd";
        group.settings = {{"prefix", "flags/"}, {"prefx", "x"}};
        const auto facts = presetFacts(group, true);
        QVERIFY(!facts.ok());
        QVERIFY(facts.error().message.find("no setting \"prefx\"") != std::string::npos);
    }
    void needsTheSettingsThatHaveNoDefault()
    {
        config::ControlGroupConfig group;
        group.adapter = "etcd";
        QVERIFY(presetFacts(group, true).error().message.find("needs the setting \"prefix\"") != std::string::npos);
        QVERIFY(presetFacts(group, false).ok());
    }

    void escapesForThePlaceWhereAVariableStands()
    {
        PresetValues values;
        values.texts = {{"name", "a/b?c&d=\"é\" %"}, {"empty", ""}, {"line", "x\r\nEvil: 1"}};
        QCOMPARE(*words("/f/{name}").expand(values, Escape::Url), std::string("/f/a%2Fb%3Fc%26d%3D%22%C3%A9%22%20%25"));
        QCOMPARE(*words("/f/{name|slashes}").expand(values, Escape::Url),
                 std::string("/f/a/b%3Fc%26d%3D%22%C3%A9%22%20%25"));
        QVERIFY(!words("/f/{empty}/open").expand(values, Escape::Url).ok());
        QVERIFY(!words("{line}").expand(values, Escape::Header).ok());
        QCOMPARE(*words("m{{n=\"{name}\"}}").expand(values, Escape::Promql),
                 std::string("m{n=\"a/b?c&d=\\\"é\\\" %\"}"));
        QCOMPARE(*words("{name|base64}").expand(values, Escape::None), base64("a/b?c&d=\"é\" %"));
        QVERIFY(!words("{nobody}").expand(values, Escape::None).ok());
    }
    void findsTheKeyBehindAPrefix()
    {
        PresetValues values;
        values.texts = {{"p", "flags/"}, {"high", std::string("a\xFF\xFF")}};
        QCOMPARE(*words("{p|after}").expand(values, Escape::None), std::string("flags0"));
        QCOMPARE(*words("{high|after}").expand(values, Escape::None), std::string("b"));
    }
    void readsBase64AsItWasWritten()
    {
        for (const char* text : {"", "a", "ab", "abc", "abcd", "\xC3\xA9 on"})
            QCOMPARE(fromBase64(base64(text)).value_or("?"), std::string(text));
        QCOMPARE(base64("off"), std::string("b2Zm"));
        QVERIFY(!fromBase64("b2 Zm"));
    }
    void walksAPointerWithVariablesAndChoices()
    {
        PresetValues values;
        values.texts = {{"name", "a/b~c*"}, {"env", "prod"}, {"layer", "admin"}};
        const auto document = nlohmann::json::parse(
            R"({"m":{"a/b~c*":1},"e":[{"name":"dev","on":true},{"name":"prod","on":false}],"layers":["static","admin"],"v":["5","9"],"t~/x":7})");
        const auto at = [&](const char* pointer) {
            const auto* found = PresetPointer::parse(pointer)->find(document, document, values);
            return found == nullptr ? std::string("-") : jsonText(*found).value_or("null");
        };
        QCOMPARE(at("/m/{name}"), std::string("1"));
        QCOMPARE(at("/e/[name={env}]/on"), std::string("false"));
        QCOMPARE(at("/e/[name=nobody]/on"), std::string("-"));
        QCOMPARE(at("/v/[/layers={layer}]"), std::string("9"));
        QCOMPARE(at("/t~0~1x"), std::string("7"));
        QCOMPARE(at("/e/0/on"), std::string("true"));
        QCOMPARE(at("/e/7/on"), std::string("-"));
    }
};

QTEST_GUILESS_MAIN(TestPreset)
#include "tst_preset.moc"
