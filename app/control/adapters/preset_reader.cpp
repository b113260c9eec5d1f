// Reads the YAML of a preset; what can be found wrong without the system is found wrong here, with its place.
#include "app/config/yaml_section.h"
#include "app/control/adapters/preset.h"
#include "app/control/adapters/preset_request_reader.h"

#include <algorithm>
#include <map>

namespace holdfast::control {

namespace {

using config::Findings;
using config::Section;
using Names = PresetRequestReader::Names;

const Names kActNames{"name",  "value",  "hold_s",     "now",      "ends", "reason",
                      "actor", "before", "request_id", "revision", "keep", "instance"};

class Reader {
public:
    Reader(Findings& findings, const std::map<std::string, std::string>& given, bool sketch)
        : m_findings(findings), m_requests(findings), m_given(given), m_sketch(sketch)
    {
    }

    void read(const YAML::Node& node, Preset& preset);

private:
    void settings(Section& section, Preset& preset);
    void auth(Section& section, Preset& preset);
    void checkPreset(const Section& section, const Preset& preset);
    PresetState state(const YAML::Node& node, const std::string& name, const YAML::Mark& at);
    PresetAct act(const YAML::Node& node, const std::string& name, const YAML::Mark& at, bool option);
    std::vector<PresetAnswer> answers(Section& section, const Names& names);
    /// A text that may name settings, with their values put in.
    std::string settled(const std::string& text, const YAML::Mark& at);
    Names with(const Names& more) const;

    Findings& m_findings;
    PresetRequestReader m_requests;
    const std::map<std::string, std::string>& m_given;
    const bool m_sketch;
    Names m_settings;
    PresetValues m_values;
};

Names Reader::with(const Names& more) const
{
    Names names = m_settings;
    names.insert(more.begin(), more.end());
    return names;
}

std::string Reader::settled(const std::string& text, const YAML::Mark& at)
{
    const PresetTemplate made = m_requests.words(text, at, m_settings);
    const auto expanded = made.expand(m_values, Escape::None);
    if (!expanded.ok())
        m_findings.fail(at, expanded.error().message);
    return expanded.ok() ? *expanded : text;
}

void Reader::settings(Section& section, Preset& preset)
{
    m_settings.insert("service");
    section.pairs("settings", [&](const std::string& key, const YAML::Node& node, const YAML::Mark& at) {
        Section entry(m_findings, node, section.path("settings") + "." + key, at);
        PresetSetting& setting = preset.settings.emplace_back();
        setting.name = key;
        entry.text("about", setting.about);
        entry.flag("secret", setting.secret);
        if (entry.has("default")) {
            setting.fallback.emplace();
            entry.text("default", *setting.fallback);
        }
        entry.finish();
        if (kActNames.contains(key) || key == "verify" || key == "service")
            m_findings.fail(at, "a setting cannot be called \"" + key + "\"");
        m_settings.insert(key);
        if (const auto value = m_given.find(key); value != m_given.end())
            m_values.texts[key] = value->second;
        else if (setting.fallback)
            m_values.texts[key] = *setting.fallback;
        else if (m_sketch)
            m_values.texts[key] = "<" + key + ">";
        else
            m_findings.fail(at, "preset " + preset.name + " needs the setting \"" + key + "\""
                                    + (setting.about.empty() ? "" : ": " + setting.about));
    });
}

void Reader::auth(Section& section, Preset& preset)
{
    section.word("auth", preset.auth, {"none", "bearer", "basic", "header"});
    section.text("auth_header", preset.authHeader);
}

PresetState Reader::state(const YAML::Node& node, const std::string& name, const YAML::Mark& at)
{
    Section section(m_findings, node, name, at);
    PresetState made;
    std::vector<std::string> values;
    section.texts("value", values);
    for (const std::string& text : values)
        made.values.push_back(m_requests.words(text, section.markOf("value"), m_settings));
    made.when = m_requests.conditions(section, "when", with({"name"}));
    std::string text;
    section.text("state", text);
    made.state = settled(text, section.markOf("state"));
    text.clear();
    section.text("mode", text);
    made.mode = settled(text, section.markOf("mode"));
    section.text("word", made.word);
    section.flag("forced", made.forced);
    section.text("locked", made.locked);
    std::string meaning = "unknown";
    section.word("meaning", meaning, {"unknown", "normal", "trying", "reduced", "rejecting", "bypassed"});
    for (const Meaning candidate :
         {Meaning::Unknown, Meaning::Normal, Meaning::Trying, Meaning::Reduced, Meaning::Rejecting, Meaning::Bypassed})
        if (meaning == control::word(candidate))
            made.meaning = candidate;
    if (!section.has("meaning"))
        section.fail("a state says its meaning to traffic: unknown, normal, trying, reduced, rejecting or bypassed");
    if (!section.has("state"))
        section.fail("a state needs state: its name");
    section.finish();
    return made;
}

std::vector<PresetAnswer> Reader::answers(Section& section, const Names& names)
{
    std::vector<PresetAnswer> list;
    section.each("answers", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& at) {
        Section entry(m_findings, node, name, at);
        PresetAnswer made;
        std::vector<std::string> statuses;
        entry.texts("status", statuses);
        for (const std::string& status : statuses) {
            if (status.size() != 3 || status.find_first_not_of("0123456789") != std::string::npos) {
                entry.failAt("status", "expected a status like 200, found \"" + status + "\"");
                break;
            }
            made.statuses.push_back((status[0] - '0') * 100 + (status[1] - '0') * 10 + (status[2] - '0'));
        }
        made.when = m_requests.conditions(entry, "when", names);
        std::string means;
        entry.word("means", means, {"accepted", "rejected", "conflict", "denied", "ambiguous"});
        if (means.empty())
            entry.fail("an answer needs means: accepted, rejected, conflict, denied or ambiguous");
        made.means = means == "conflict"    ? PresetAnswer::Means::Conflict
                     : means == "rejected"  ? PresetAnswer::Means::Rejected
                     : means == "denied"    ? PresetAnswer::Means::Denied
                     : means == "ambiguous" ? PresetAnswer::Means::Ambiguous
                                            : PresetAnswer::Means::Accepted;
        entry.text("say", made.say);
        made.theirs = m_requests.field(entry, node, "theirs", names);
        entry.finish();
        list.push_back(std::move(made));
    });
    return list;
}

PresetAct Reader::act(const YAML::Node& node, const std::string& name, const YAML::Mark& at, bool option)
{
    Section section(m_findings, node, name, at);
    PresetAct made;
    made.line = at.line + 1;
    Names names = with(kActNames);
    if (option) {
        std::string mode;
        section.text("mode", mode);
        made.mode = settled(mode, section.markOf("mode"));
        section.text("label", made.label);
        if (made.mode.empty() || made.label.empty())
            section.fail("an option needs mode and label");
    }
    section.each("first", [&](const YAML::Node& step, const std::string& stepName, const YAML::Mark& mark) {
        Section entry(m_findings, step, stepName, mark);
        PresetStep first;
        first.request = m_requests.request(entry, step, names);
        entry.pairs("capture", [&](const std::string& key, const YAML::Node& value, const YAML::Mark& where) {
            first.captures.emplace_back(key, m_requests.pointer(config::scalarText(value).value_or(""), where, names));
            names.insert(key);
        });
        entry.finish();
        made.first.push_back(std::move(first));
    });
    made.request = m_requests.request(section, node, names);
    if (made.request.method == "GET")
        section.fail("an act is no GET: what reads must not change, and what changes must not be cached");
    made.answers = answers(section, names);
    if (!option)
        section.accept({"least", "most", "whole", "unit", "most_bytes"});
    section.finish();
    return made;
}

void Reader::checkPreset(const Section& section, const Preset& preset)
{
    if (preset.name.empty())
        section.fail("a preset needs preset: its name");
    if (preset.lists.empty())
        section.fail("a preset needs list: where the system says which controls there are; without one nothing could "
                     "be acted on safely");
    if (preset.states.empty())
        section.fail("a preset needs states: what each value means");
    const bool acts = !preset.options.empty() || preset.number || preset.text;
    if (!acts && preset.readOnly.empty())
        section.fail("a preset without options says read_only: why nothing can be asked for");
    const auto accepts = [](const std::vector<PresetAnswer>& list) {
        return std::ranges::find(list, PresetAnswer::Means::Accepted, &PresetAnswer::means) != list.end();
    };
    const auto judged = [&](const PresetAct& made) { return accepts(made.answers) || accepts(preset.answers); };
    if (!std::ranges::all_of(preset.options, judged) || (preset.number && !judged(*preset.number))
        || (preset.text && !judged(*preset.text)))
        section.fail("answers: say which answer means accepted; a 200 alone proves little");
    if (!preset.resting.empty()
        && std::ranges::find(preset.options, preset.resting, &PresetAct::mode) == preset.options.end())
        section.failAt("resting", "\"" + preset.resting + "\" is none of the options");
    if (preset.resting.empty() && acts && preset.options.size() < 2 && !preset.number && !preset.text)
        section.fail("with one option and without resting there would be no way back");
    if (!preset.read
        && std::ranges::none_of(preset.lists, [](const PresetSource& list) { return list.item.value.has_value(); }))
        section.fail("neither the list nor a read tells the value: nothing could be verified");
}

void Reader::read(const YAML::Node& node, Preset& preset)
{
    Section section(m_findings, node, "", node.Mark());
    section.text("preset", preset.name);
    section.text("title", preset.title);
    section.text("about", preset.about);
    section.word("proven", preset.proven, {"real", "stand-in", "unproven"});
    std::string kind = "flag";
    section.word("kind", kind, {"breaker", "flag", "server", "limit", "value", "silence", "action"});
    preset.kind = kindOf(kind);
    section.text("flag_kind", preset.flagKind);
    section.word("scope", preset.scope, {"instance", "cluster"});
    section.text("path", preset.path);
    section.duration("timeout", preset.timeoutMs);
    if (preset.timeoutMs < 0)
        section.failAt("timeout", "expected a time above 0");
    auth(section, preset);
    settings(section, preset);
    section.text("resting", preset.resting);
    preset.resting = settled(preset.resting, section.markOf("resting"));
    section.flag("native_hold", preset.nativeHold);
    section.flag("lost_on_restart", preset.lostOnRestart);
    std::int64_t fadesMs = 0;
    section.duration("fades_after", fadesMs);
    preset.fadesAfterS = fadesMs / 1000;
    section.text("counts_nothing", preset.countsNothing);
    section.text("read_only", preset.readOnly);
    section.texts("warnings", preset.warnings);
    section.text("metric", preset.metric);
    (void)m_requests.words(preset.metric, section.markOf("metric"), with({"name", "value", "instance"}));
    section.each("list", [&](const YAML::Node& entry, const std::string& name, const YAML::Mark& at) {
        preset.lists.push_back(m_requests.source(entry, name, at, with({"instance", "offset"}), true));
    });
    const Names reading = with({"name", "instance"});
    if (section.has("read")) {
        section.accept({"read"});
        preset.read = m_requests.source(node["read"], "read", section.markOf("read"), reading, false);
    }
    if (auto verify = section.section("verify")) {
        verify->text("words", preset.verifyWords);
        verify->text("token", preset.verifyToken);
        if (!preset.verifyToken.empty() && !m_settings.contains(preset.verifyToken))
            verify->failAt("token", "names a setting that the preset does not have");
        verify->accept({"request"});
        preset.verify = m_requests.source(node["verify"]["request"], "verify.request", verify->mark(), reading, false);
        verify->finish();
    }
    section.each("states", [&](const YAML::Node& entry, const std::string& name, const YAML::Mark& at) {
        preset.states.push_back(state(entry, name, at));
    });
    section.each("options", [&](const YAML::Node& entry, const std::string& name, const YAML::Mark& at) {
        preset.options.push_back(act(entry, name, at, true));
    });
    if (section.has("number")) {
        section.accept({"number"});
        Section range(m_findings, node["number"], "number", section.markOf("number"));
        range.number("least", preset.range.least);
        range.number("most", preset.range.most);
        range.flag("whole", preset.range.whole);
        range.text("unit", preset.range.unit);
        if (!(preset.range.least < preset.range.most))
            range.fail("least is below most");
        preset.number = act(node["number"], "number", section.markOf("number"), false);
    }
    if (section.has("text")) {
        section.accept({"text"});
        std::uint64_t most = 256;
        Section text(m_findings, node["text"], "text", section.markOf("text"));
        text.count("most_bytes", most);
        preset.mostText = most;
        preset.text = act(node["text"], "text", section.markOf("text"), false);
    }
    preset.answers = answers(section, with(kActNames));
    section.finish();
    if (!m_findings.failed())
        checkPreset(section, preset);
}

Result<PresetPtr> readWith(std::string_view yaml, const std::string& file,
                           const std::map<std::string, std::string>& given, bool sketch)
{
    auto preset = std::make_shared<Preset>();
    preset->file = file;
    Findings findings(file);
    try {
        const YAML::Node node = YAML::Load(std::string(yaml));
        if (!node.IsMap())
            return Error{file + ":1:1: a preset is a mapping (key: value)", ErrorKind::BadInput};
        Reader(findings, given, sketch).read(node, *preset);
    } catch (const YAML::Exception& wrong) {
        return Error{file + ":" + std::to_string(wrong.mark.line + 1) + ":" + std::to_string(wrong.mark.column + 1)
                         + ": " + wrong.msg,
                     ErrorKind::BadInput};
    }
    if (findings.failed())
        return *findings.error();
    return PresetPtr(std::move(preset));
}

}  // namespace

Result<PresetPtr> readPreset(std::string_view yaml, const std::string& file,
                             const std::map<std::string, std::string>& given)
{
    return readWith(yaml, file, given, false);
}

Result<PresetPtr> sketchPreset(std::string_view yaml, const std::string& file,
                               const std::map<std::string, std::string>& given)
{
    return readWith(yaml, file, given, true);
}

}  // namespace holdfast::control
